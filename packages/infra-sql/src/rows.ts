// Reading columns: a value of another type than the schema says means a damaged file.

import { PortFailure } from '@paystrata/application';

export type Row = Readonly<Record<string, unknown>>;

/** A safe integer; PostgreSQL's driver hands out `bigint` as decimal text. */
export function integer(row: Row, column: string): number {
  const found = row[column];
  const value = typeof found === 'string' ? Number(found) : found;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw wrong(column, 'a whole number', value);
}

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === 'string') return value;
  throw wrong(column, 'a text', value);
}

export function boolean(row: Row, column: string): boolean {
  const value = row[column];
  if (typeof value === 'boolean') return value;
  throw wrong(column, 'true or false', value);
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (value instanceof Uint8Array) return value;
  throw wrong(column, 'bytes', value);
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

export function integerOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column);
}

function wrong(column: string, expected: string, value: unknown): PortFailure {
  return new PortFailure('STORE_DAMAGED', `the column ${column} holds ${typeof value} instead of ${expected}`);
}
