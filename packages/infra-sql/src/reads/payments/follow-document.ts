// The document after one more event.

import { PortFailure, type PaymentDocument, type RecordedEvent } from '@paystrata/application';
import { evolve } from '@paystrata/domain';

/** @throws PortFailure `STORE_DAMAGED` where the event does not follow upon those before. */
export function followDocument(before: PaymentDocument | null, event: RecordedEvent): PaymentDocument {
  const due = (before?.payment.version ?? 0) + 1;
  if (event.version !== due) throw damaged(event, `version ${event.version} comes where ${due} is due`);
  try {
    return { payment: evolve(before?.payment ?? null, event), position: event.position };
  } catch (error) {
    throw damaged(event, 'the event does not fit the payment', error);
  }
}

function damaged({ position, paymentId, organizationId }: RecordedEvent, problem: string, cause?: unknown) {
  return new PortFailure('STORE_DAMAGED', `the log at position ${position}, payment ${paymentId}: ${problem}`, {
    cause,
    details: { position, paymentId, organizationId },
  });
}
