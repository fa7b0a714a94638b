// A payment as it once was: the fold of its events up to a version or an instant.

import { evolve, type Payment } from '@paystrata/domain';
import type { RecordedEvent } from '../events/recorded-event.ts';
import type { PaymentDocument } from './answers.ts';
import type { GetPayment } from './queries.ts';

/**
 * The payment at exactly that version, or after all events recorded up to and at that instant. Personal data that was
 * erased since is gone from every version.
 *
 * @param events those of one payment, from the first on, in the order of versions.
 * @returns null where it did not exist yet, or has no such version.
 */
export async function foldAsOf(
  events: AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>,
  asOf: NonNullable<GetPayment['asOf']>,
): Promise<PaymentDocument | null> {
  let payment: Payment | null = null;
  let position = 0;
  for await (const event of events) {
    if ('instant' in asOf ? event.at > asOf.instant : event.version > asOf.version) break;
    payment = evolve(payment, event);
    position = event.position;
  }
  if (payment === null || ('version' in asOf && payment.version !== asOf.version)) return null;
  return { payment, position };
}
