// Keeps room in a payment for what is never refused: the gateway's answers, their settlement, and its end.

import { accept, reject, type Decision } from '../decision.ts';
import type { PaymentEvent } from '../events.ts';
import { MAX_EVENT_CHARACTERS, MAX_EVENTS } from '../limits.ts';
import { measure } from '../measure.ts';
import { isOpen, type Payment } from '../state.ts';

/** What may have to follow for an open attempt or refund: its failure, a late approval, the settlement of that. */
const EVENTS_PER_OPEN_ITEM = 3;
/** Cancelling, deleting, erasing: each at most once, and none of them is refused for want of room. */
const EVENTS_TO_END = 3;
/** No event that comes through here has more characters, by the limits of its fields: most need not be measured. */
const LONGEST_EVENT = 64 * 1024;

/** Accepts the event of a user's command unless it, with all that may have to follow, is more than a payment holds. */
export function acceptIfRoom(payment: Payment, event: PaymentEvent): Decision {
  const opens = event.type === 'PaymentProcessingStarted' || event.type === 'RefundRequested' ? 1 : 0;
  const open = payment.attempts.filter(isOpen).length + payment.refunds.filter(isOpen).length + opens;
  if (payment.version + 1 + open * EVENTS_PER_OPEN_ITEM + EVENTS_TO_END > MAX_EVENTS) {
    return reject('payment_full', `a payment holds at most ${MAX_EVENTS} events`, { details: { most: MAX_EVENTS } });
  }
  const isNearlyFull = payment.size > MAX_EVENT_CHARACTERS - LONGEST_EVENT;
  if (isNearlyFull && payment.size + measure(event) > MAX_EVENT_CHARACTERS) {
    return reject('payment_full', `a payment holds at most ${MAX_EVENT_CHARACTERS} characters of event data`, {
      details: { most: MAX_EVENT_CHARACTERS },
    });
  }
  return accept(event);
}
