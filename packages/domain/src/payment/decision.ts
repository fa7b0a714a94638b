// What a decision comes to: events to commit, or a reason why not.

import type { PaymentEvent } from './events.ts';
import { rejection, type Rejection, type RejectionCode } from './rejections.ts';

/** No events and no rejection: what was asked is already so. */
export type Decision =
  | { readonly accepted: true; readonly events: readonly PaymentEvent[] }
  | { readonly accepted: false; readonly rejection: Rejection };

export function accept(...events: readonly PaymentEvent[]): Decision {
  return { accepted: true, events };
}

export function reject(code: RejectionCode, message: string, about?: Parameters<typeof rejection>[2]): Decision {
  return { accepted: false, rejection: rejection(code, message, about) };
}
