// How much event data a payment holds, so that no payment grows without bound.

import type { PaymentEvent } from './events.ts';

/** Characters of an event's data; personal data counts with the size fixed when it was recorded. */
export function measure(event: PaymentEvent): number {
  return event.type.length + weigh(event.data);
}

function weigh(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value === 'number' || typeof value === 'bigint') return 8;
  if (!isRecord(value)) return 4;
  let size = 0;
  // Every event comes through here, at each fold: no list of fields is made only to look at them.
  for (const key in value) {
    if (key === 'personal') continue;
    const part = value[key];
    size += key.length + (key === 'personalSize' && typeof part === 'number' ? part : weigh(part));
  }
  return size;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
