// Turns unknown input into a message, or says all that is wrong with it.

import type { z } from 'zod';
import { InvalidMessage } from '../ports/failures.ts';

/** @throws InvalidMessage with every issue, each with its path. */
export function parseMessage<Output>(schema: z.ZodType<Output>, type: string, input: unknown): Output {
  const polluting = findProto(input, 0);
  if (polluting !== null) throw new InvalidMessage(type, [{ path: polluting, message: 'is not allowed as a key' }]);
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new InvalidMessage(
    type,
    result.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })),
  );
}

/** Deeper than any message of ours. */
const DEPTH = 4;

/** The path of a key `__proto__`, which records of the schema library would drop without a word; else null. */
function findProto(value: unknown, depth: number): string | null {
  if (!isRecord(value) || depth === DEPTH) return null;
  if (Object.hasOwn(value, '__proto__')) return '__proto__';
  for (const key in value) {
    const found = findProto(value[key], depth + 1);
    if (found !== null) return `${key}.${found}`;
  }
  return null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
