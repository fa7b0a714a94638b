// The headers that say what a write came to.

import { formatPosition, type PaymentId, type Receipt } from '@paystrata/application';
import type { Reply } from '../http/api.ts';
import { POSITION_HEADER } from '../http/contexts.ts';
import { etagOf } from '../http/preconditions.ts';

/** On Temporal, with `Prefer: respond-async`: the workflow that carries the command out. */
export const WORKFLOW_HEADER = 'paystrata-workflow';

export function answerWrite(reply: Reply, { version, position }: Receipt, replayed: boolean): void {
  reply.header('etag', etagOf(version)).header(POSITION_HEADER, formatPosition(position));
  if (replayed) reply.header('idempotency-replayed', 'true');
}

/** Where a payment is found. */
export function locationOf(paymentId: PaymentId): string {
  return `/v1/payments/${paymentId}`;
}
