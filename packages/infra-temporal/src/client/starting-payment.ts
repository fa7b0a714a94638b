// What the workflow of a payment is started with, together with its first update.

import type { PaymentKey } from '@paystrata/application';
import { needsReview, type PaymentState } from '@paystrata/domain';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { PAYMENT_WORKFLOW, stateOf, workflowIdOf, type PaymentInput } from '../protocol/messages.ts';
import { organizationAttribute, reviewAttribute, statusAttribute } from '../protocol/search-attributes.ts';
import { toWire, type Wire } from '../protocol/wire.ts';
import { queuesOf, type TemporalOptions } from '../strategy/options.ts';

/** Only the type of the entity workflow: its code is not loaded here. */
export type EntityWorkflow = (wire: Wire<PaymentInput>) => Promise<void>;

export type StartOptions = Pick<
  TemporalOptions,
  'taskQueue' | 'gatewayTimeoutMs' | 'workflowTaskTimeoutMs' | 'searchAttributes' | 'archive'
>;

/** Answers of a gateway mostly come sooner. */
const GATHER_MS = 1000;

/** @param first the payment after its first update, by which it is found at once; null where that is not known. */
export function startingPayment(
  { organizationId, paymentId }: PaymentKey,
  first: PaymentState,
  { taskQueue, gatewayTimeoutMs, workflowTaskTimeoutMs, searchAttributes, archive }: StartOptions,
): WithStartWorkflowOperation<EntityWorkflow> {
  const input: PaymentInput = {
    ...{ organizationId, paymentId, gatewayTimeoutMs, gatherMs: GATHER_MS, events: [], projected: 0 },
    ...queuesOf({ taskQueue }),
    ...(archive.kind !== 'none' && { archives: true }),
    ...(searchAttributes && { searchable: true, shown: stateOf(first) }),
  };
  const state = first === null ? [] : stateAttributes(first);
  return new WithStartWorkflowOperation<EntityWorkflow>(PAYMENT_WORKFLOW, {
    workflowId: workflowIdOf({ organizationId, paymentId }),
    taskQueue,
    args: [toWire(input)],
    // An id is one payment for ever: a second run would begin it anew, empty.
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowTaskTimeout: workflowTaskTimeoutMs,
    ...(searchAttributes && {
      typedSearchAttributes: [{ key: organizationAttribute, value: organizationId }, ...state],
    }),
  });
}

function stateAttributes(payment: NonNullable<PaymentState>) {
  return [
    { key: statusAttribute, value: payment.status },
    { key: reviewAttribute, value: needsReview(payment) },
  ];
}
