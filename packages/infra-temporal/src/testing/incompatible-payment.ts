// A change of the workflow that must never be released: it does something first that no history tells of.

import { sleep } from '@temporalio/workflow';
import type { PaymentInput } from '../protocol/messages.ts';
import type { Wire } from '../protocol/wire.ts';
import { payment as released } from '../workflow/payment.ts';

/** Has the name of the workflow that it takes the place of. */
export async function payment(wire: Wire<PaymentInput>): Promise<void> {
  await sleep(1000);
  await released(wire);
}
