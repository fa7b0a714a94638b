// The logger: JSON lines by pino, in which secrets and personal data are blotted out should anybody log them.

import { destination, pino, stdSerializers, type DestinationStream, type Logger as PinoLogger } from 'pino';

export type { PinoLogger };

/** Fields that hold a secret or could identify a person. */
const secretFields = [
  ...['authorization', 'cookie', 'key', 'apiKey', 'secret', 'password', 'token', 'hash'],
  ...['customer', 'email', 'description', 'metadata', 'personal', 'body', 'query', 'reason', 'reference'],
];

/** Wherever they stand in what is logged, three levels deep. */
const redactedPaths = ['', '*.', '*.*.'].flatMap((prefix) => secretFields.map((field) => `${prefix}${field}`));

export interface LoggerOptions {
  readonly level: string;
  /** Where the lines go: stdout for a server, stderr beside a command's output, or any stream. */
  readonly to: 'stdout' | 'stderr' | DestinationStream;
}

export function createLogger({ level, to }: LoggerOptions): PinoLogger {
  return pino(
    {
      level,
      base: null,
      redact: { paths: redactedPaths, censor: '[redacted]' },
      serializers: { err: stdSerializers.err, error: stdSerializers.err },
    },
    typeof to === 'object' ? to : destination({ fd: to === 'stdout' ? 1 : 2, sync: true }),
  );
}
