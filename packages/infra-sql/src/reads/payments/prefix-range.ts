// Texts that begin with a prefix, as a range: what an index in the order of code points can answer.

import { sql, type RawBuilder, type SqlBool } from 'kysely';

export function prefixRange(column: RawBuilder<unknown>, prefix: string): RawBuilder<SqlBool> {
  const end = afterPrefix(prefix);
  return end === null
    ? sql<SqlBool>`${column} >= ${prefix}`
    : sql<SqlBool>`${column} >= ${prefix} and ${column} < ${end}`;
}

const LAST = 0x10ffff;

/** The first text behind all that begin with the prefix, in the order of code points; null: there is none. */
export function afterPrefix(prefix: string): string | null {
  const points = [...prefix].map((character) => character.codePointAt(0) ?? 0);
  while (points.at(-1) === LAST) points.pop();
  const last = points.pop();
  if (last === undefined) return null;
  // Between these two lie the halves of surrogate pairs, which no text has.
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
}
