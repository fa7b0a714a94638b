// Orders as tests state them.

import { createUuidV7Ids, systemClock, type PaymentKey, type WriteOrder } from '@paystrata/application';
import {
  instantOf,
  money,
  noPersonalData,
  parseCommandId,
  parseCurrency,
  parseOrganizationId,
  parsePaymentId,
  parseSubjectId,
  type OrganizationId,
  type PaymentCommand,
} from '@paystrata/domain';

function known<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the test expected a value here');
  return value;
}

export const ids = createUuidV7Ids(systemClock);

/** An organization that no other test knows. */
export function newOrganization(): OrganizationId {
  return known(parseOrganizationId(`test-${ids.next()}`));
}

/** The command on its way to the payment, under a command id of its own. */
export function orderFor({ organizationId, paymentId }: PaymentKey, command: PaymentCommand): WriteOrder {
  return {
    ...{ organizationId, paymentId, command, commandId: known(parseCommandId(ids.next())) },
    ...{ expectedVersion: null, actor: 'test', userId: null, correlationId: ids.next(), causationId: null },
    metadata: {},
  };
}

/** Creates a payment in euros. */
export function newPaymentOrder(
  amount: bigint,
  now: number = systemClock.now(),
  organizationId: OrganizationId = newOrganization(),
): WriteOrder {
  const paymentId = known(parsePaymentId(ids.next()));
  return orderFor(
    { organizationId, paymentId },
    {
      ...{ type: 'CreatePayment', now: instantOf(now), paymentId, organizationId, maxAmount: 10n ** 18n },
      ...{ amount: money(amount, known(parseCurrency('EUR'))), reference: null, userId: null, workflowId: null },
      ...{ resourceIds: [], createdAt: null, subject: known(parseSubjectId(paymentId)), personal: noPersonalData },
    },
  );
}
