// What a command came to at the gateway, read from its receipt: the same for the first time and for a replay.

import type { Receipt } from '@paystrata/application';

type Payment = Receipt['payment'];
type Item = Payment['attempts'][number] | Payment['refunds'][number];

/** `open`: the gateway, or a person, still has to say. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'open' }
  | { readonly kind: 'declined'; readonly what: 'payment' | 'refund'; readonly failure: Item['failure'] };

const done: Outcome = { kind: 'done' };

/** Commands that ask nothing of the gateway are done when they are stored. */
export function outcomeOf({ events, payment }: Receipt): Outcome {
  for (const event of events) {
    if (event.type === 'PaymentProcessingStarted') {
      const { attemptId } = event.data;
      return outcomeOfItem(
        'payment',
        payment.attempts.find(({ id }) => id === attemptId),
      );
    }
    if (event.type === 'RefundRequested') {
      const { refundId } = event.data;
      return outcomeOfItem(
        'refund',
        payment.refunds.find(({ id }) => id === refundId),
      );
    }
  }
  return done;
}

function outcomeOfItem(what: 'payment' | 'refund', item: Item | undefined): Outcome {
  switch (item?.status) {
    case 'succeeded':
      return done;
    case 'failed':
      return { kind: 'declined', what, failure: item.failure };
    default:
      return { kind: 'open' };
  }
}
