// The values that all views share: amounts, totals and instants as JSON shows them.

import type { Instant } from '@paystrata/domain';
import { formatInstant } from '../read/event-data.ts';

/**
 * An amount as a JSON integer of minor units.
 *
 * @throws RangeError beyond 2^53 − 1, which JSON numbers do not hold exactly.
 */
export function wireAmount(amount: bigint): number {
  const value = Number(amount);
  if (!Number.isSafeInteger(value)) throw new RangeError(`an amount of ${amount} minor units does not fit into JSON`);
  return value;
}

/** RFC 3339 in UTC with milliseconds; null stays null. */
export function wireInstant(instant: Instant): string;
export function wireInstant(instant: Instant | null): string | null;
export function wireInstant(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
