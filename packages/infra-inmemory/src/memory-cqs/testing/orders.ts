// For tests: orders for plain payments.

import { createUuidV7Ids, paymentIdFor, systemClock, type WriteOrder } from '@paystrata/application';
import { acme, known } from '@paystrata/conformance/random-payments';
import {
  instantOf,
  noPersonalData,
  parseCommandId,
  parseCurrency,
  parseSubjectId,
  type OrganizationId,
  type PaymentCommand,
} from '@paystrata/domain';

const ids = createUuidV7Ids(systemClock);
const start = Date.UTC(2026, 0, 15);

/** Creates the payment with the reference `invoice-NUMBER`, which always has the same id. */
export function creation(number: number, organizationId: OrganizationId = acme): WriteOrder {
  const paymentId = paymentIdFor(organizationId, `invoice-${number}`, ids);
  return order(number, 'create', organizationId, {
    ...{ type: 'CreatePayment', now: instantOf(start + number), paymentId, organizationId, maxAmount: 10_000n },
    amount: { amount: BigInt(1 + (number % 1000)), currency: known(parseCurrency('EUR')) },
    ...{ reference: `invoice-${number}`, userId: null, workflowId: null, resourceIds: [], createdAt: null },
    ...{ subject: known(parseSubjectId(`customer-${number % 100}`)), personal: noPersonalData },
  });
}

/** Any other command on that payment; the name makes its command id. */
export function order(
  number: number,
  name: string,
  organizationId: OrganizationId,
  command: PaymentCommand,
): WriteOrder {
  return {
    ...{ organizationId, paymentId: paymentIdFor(organizationId, `invoice-${number}`, ids), command },
    ...{ commandId: known(parseCommandId(`${name}-${number}`)), expectedVersion: null },
    ...{ actor: 'test', userId: null, correlationId: 'c', causationId: null, metadata: {} },
  };
}

export function cancellation(number: number): WriteOrder {
  return order(number, 'cancel', acme, { type: 'CancelPayment', now: instantOf(start + number), reason: null });
}
