// Says in the server's index what state the payment is in, whenever that changes.

import { needsReview } from '@paystrata/domain';
import { condition, upsertSearchAttributes } from '@temporalio/workflow';
import { reviewAttribute, statusAttribute } from '../protocol/search-attributes.ts';
import type { PaymentStream } from './payment-stream.ts';

/** Never returns. A run that goes on from another one is told what that one said. */
export async function showState(stream: PaymentStream): Promise<void> {
  let shown = stateOf(stream);
  for (;;) {
    await condition(() => stateOf(stream) !== shown);
    shown = stateOf(stream);
    const { payment } = stream;
    if (payment === null) continue;
    upsertSearchAttributes([
      { key: statusAttribute, value: payment.status },
      { key: reviewAttribute, value: needsReview(payment) },
    ]);
  }
}

function stateOf({ payment }: PaymentStream): string | null {
  return payment === null ? null : `${payment.status} ${needsReview(payment)}`;
}
