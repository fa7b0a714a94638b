// What a command talks to: results to stdout, chatter to stderr, and the wish to stop.

import { once } from 'node:events';
import type { Writable } from 'node:stream';

export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborted by Ctrl-C or a request to end: finish what is in flight. */
  readonly stop: AbortSignal;
  /** True where a person looks at stderr, so that progress is worth showing. */
  readonly showsProgress: boolean;
  readonly stderr: Writable;
  /** A result. Resolves once the reader of stdout has room again. */
  write(text: string): Promise<void>;
  /** A result, as a line. */
  print(line: string): Promise<void>;
  /** Chatter: a note, a warning, progress. */
  note(line: string): void;
}

export interface TerminalStreams {
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

export function createTerminal(
  { stdout, stderr }: TerminalStreams,
  surroundings: Pick<Terminal, 'env' | 'cwd' | 'stop'>,
): Terminal {
  const write = async (text: string): Promise<void> => {
    if (!stdout.write(text)) await once(stdout, 'drain');
  };
  return {
    ...surroundings,
    showsProgress: stderr.isTTY === true,
    stderr,
    write,
    print: (line) => write(`${line}\n`),
    note: (line) => void stderr.write(`${line}\n`),
  };
}
