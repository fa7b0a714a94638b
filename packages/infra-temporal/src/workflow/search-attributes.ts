// Says in the server's index what state the payment is in, whenever that changes.

import { needsReview } from '@paystrata/domain';
import { condition, upsertSearchAttributes } from '@temporalio/workflow';
import { stateOf } from '../protocol/messages.ts';
import { reviewAttribute, statusAttribute } from '../protocol/search-attributes.ts';
import type { Gathering } from './gathering.ts';
import type { PaymentStream } from './payment-stream.ts';

/** Never returns. A run that goes on from another one is told what that one said. */
export async function showState(stream: PaymentStream, gathering: Gathering, before: string | null): Promise<void> {
  let shown = before;
  for (;;) {
    await condition(() => stateOf(stream.payment) !== shown && !gathering.isOn);
    shown = stateOf(stream.payment);
    const { payment } = stream;
    if (payment === null) continue;
    upsertSearchAttributes([
      { key: statusAttribute, value: payment.status },
      { key: reviewAttribute, value: needsReview(payment) },
    ]);
  }
}
