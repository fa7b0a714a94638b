// The version of the stored shape of each event type. A new optional field keeps it; anything else needs an upcaster.

import type { PaymentEventType } from '@paystrata/domain';

const versions: Readonly<Record<PaymentEventType, number>> = Object.freeze({
  PaymentCreated: 1,
  PaymentImported: 1,
  PaymentUpdated: 1,
  PaymentProcessingStarted: 1,
  PaymentProcessed: 1,
  PaymentFailed: 1,
  PaymentCancelled: 1,
  RefundRequested: 1,
  PaymentRefunded: 1,
  RefundFailed: 1,
  PaymentParked: 1,
  PaymentSettled: 1,
  PaymentDeleted: 1,
  PersonalDataErased: 1,
});

/** What is written today. */
export function schemaVersionOf(type: PaymentEventType): number {
  return versions[type];
}
