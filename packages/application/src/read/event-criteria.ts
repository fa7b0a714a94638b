// Conditions on the data of events. What is compared depends on what the data is, never on what a text looks like.

import { compareCodePoints } from './code-point-order.ts';
import { isInstantKey } from './event-data.ts';
import type { Criterion } from './event-queries.ts';
import { parseInstant } from './parse-instant.ts';

type Wanted = string | number | boolean;

/**
 * Whether the data meets the condition. The path names keys of the data as it is shown.
 *
 * - Amounts compare as whole numbers; the value is a decimal string or a number.
 * - Instants compare as instants; the value is RFC 3339.
 * - Numbers compare with numbers, truth values with truth values, by `eq`, `ne`, `in` or order.
 * - Texts compare with texts by code point; `contains` finds a part of a text as it is written, or a member of a list.
 * - A path that leads to nothing, or to null, meets no condition, not even `ne`; nor does what cannot be compared, with
 *   the exception that it is not equal.
 *
 * @param isInstant whether a number at this key is an instant
 */
export function meets({ path, operator, value }: Criterion, data: object, isInstant = isInstantKey): boolean {
  const [key, found] = follow(data, path.split('.'));
  if (found === undefined || found === null) return false;
  if (operator === 'contains') return contains(found, value);
  if (typeof found === 'object') return false;
  const to = (wanted: Wanted) => compare(found, wanted, isInstant(key));
  if (isList(value)) return operator === 'in' && value.some((each) => to(each) === 0);
  const order = to(value);
  if (operator === 'ne') return order !== 0;
  return order !== null && inOrder[operator](order);
}

const inOrder = {
  eq: (order: number) => order === 0,
  in: (order: number) => order === 0,
  gt: (order: number) => order > 0,
  gte: (order: number) => order >= 0,
  lt: (order: number) => order < 0,
  lte: (order: number) => order <= 0,
};

function isList(value: Criterion['value']): value is readonly Wanted[] {
  return Array.isArray(value);
}

/** The last key of the path and what is there. Keys of metadata may themselves contain dots. */
function follow(from: unknown, path: readonly string[]): readonly [string, unknown] {
  const [first = '', ...rest] = path;
  if (typeof from !== 'object' || from === null) return [first, undefined];
  const whole = path.join('.');
  if (Object.hasOwn(from, whole)) return [whole, Reflect.get(from, whole)];
  if (rest.length === 0 || !Object.hasOwn(from, first)) return [first, undefined];
  return follow(Reflect.get(from, first), rest);
}

/** Negative, 0 or positive; null where the two cannot be compared. */
function compare(found: unknown, wanted: Wanted, isInstant: boolean): number | null {
  switch (typeof found) {
    case 'bigint':
      return order(found, amountOf(wanted));
    case 'number':
      return order(found, isInstant ? instantIn(wanted) : typeof wanted === 'number' ? wanted : null);
    case 'boolean':
      return typeof wanted === 'boolean' ? Number(found) - Number(wanted) : null;
    case 'string':
      return typeof wanted === 'string' ? compareCodePoints(found, wanted) : null;
    default:
      return null;
  }
}

/** Exact, also between a bigint and a number. */
function order(a: bigint | number, b: bigint | number | null): number | null {
  if (b === null || Number.isNaN(b)) return null;
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

function amountOf(wanted: Wanted): bigint | number | null {
  if (typeof wanted === 'number') return wanted;
  return typeof wanted === 'string' && /^-?\d{1,40}$/.test(wanted) ? BigInt(wanted) : null;
}

function instantIn(wanted: Wanted): number | null {
  return typeof wanted === 'string' ? (parseInstant(wanted) ?? null) : null;
}

function contains(found: unknown, value: Criterion['value']): boolean {
  if (Array.isArray(found)) return found.includes(value);
  return typeof found === 'string' && typeof value === 'string' && found.includes(value);
}
