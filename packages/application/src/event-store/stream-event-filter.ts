// Which events of streams a reader asked for.

import { parseCurrency } from '@paystrata/domain';
import type { StreamEvent, StreamEventFilter } from '../ports/event-store.ts';
import { meets } from '../read/event-criteria.ts';
import type { JsonObject, JsonValue } from '../read/event-data.ts';
import { PAYMENT_CATEGORY } from './stream-name.ts';

/** A test for events; one that restricts nothing is null. */
export function compileStreamEventFilter(filter: StreamEventFilter = {}): ((event: StreamEvent) => boolean) | null {
  const { organizationId, category, types, correlationId, from, to, criteria = [] } = filter;
  const tests: ((event: StreamEvent) => boolean)[] = [];
  if (organizationId !== undefined) tests.push(({ stream }) => stream.organizationId === organizationId);
  if (category !== undefined) tests.push(({ stream }) => stream.category === category);
  if (types !== undefined) {
    const wanted = new Set(types);
    tests.push(({ type }) => wanted.has(type));
  }
  if (correlationId !== undefined) tests.push((event) => event.correlationId === correlationId);
  if (from !== undefined) tests.push(({ timestamp }) => timestamp >= from);
  if (to !== undefined) tests.push(({ timestamp }) => timestamp < to);
  if (criteria.length > 0) {
    tests.push(({ stream, data }) => {
      const typed = typedData(data);
      const isPayment = stream.category === PAYMENT_CATEGORY;
      return criteria.every((criterion) => meets(criterion, typed, isPayment ? undefined : noInstants));
    });
  }
  return tests.length === 0 ? null : (event) => tests.every((test) => test(event));
}

/**
 * The data with its amounts as whole numbers. In JSON an amount is a decimal string that stands beside its currency, as
 * `{ amount, currency }`; any other text of digits is a text, such as an account number, and compares as one.
 */
function typedData(data: JsonObject): object {
  const { currency } = data;
  const isMoney = typeof currency === 'string' && parseCurrency(currency) !== undefined;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      isMoney && key === 'amount' && isMinorUnits(value) ? BigInt(value) : typedValue(value),
    ]),
  );
}

function typedValue(value: JsonValue): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return isObject(value) ? typedData(value) : value.map(typedValue);
}

function isObject(value: JsonObject | readonly JsonValue[]): value is JsonObject {
  return !Array.isArray(value);
}

function isMinorUnits(value: JsonValue): value is string {
  return typeof value === 'string' && /^(0|-?[1-9][0-9]{0,30})$/.test(value);
}

/** What a number stands for is known of payments only: elsewhere it is a number. */
const noInstants = () => false;
