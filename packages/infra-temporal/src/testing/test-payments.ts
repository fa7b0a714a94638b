// Orders of one organization, as tests state them.

import { createUuidV7Ids, systemClock, type Receipt, type Strategy, type WriteOrder } from '@paystrata/application';
import {
  money,
  noPersonalData,
  parseCommandId,
  parseCurrency,
  parseOrganizationId,
  parsePaymentId,
  parseSubjectId,
  type Payment,
  type PaymentCommand,
  type PaymentId,
} from '@paystrata/domain';

/** @throws Error where a test expected a value and there is none. */
function known<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the test expected a value here');
  return value;
}

export const ids = createUuidV7Ids(systemClock);
const stated = { amount: null, currency: null };

export function createTestPayments(strategy: Strategy) {
  const organizationId = known(parseOrganizationId(`test-${ids.next()}`));
  const order = (paymentId: PaymentId, command: PaymentCommand): WriteOrder => ({
    ...{ organizationId, paymentId, command, commandId: known(parseCommandId(ids.next())) },
    ...{ expectedVersion: null, actor: 'test', userId: null, correlationId: ids.next(), causationId: null },
    metadata: {},
  });
  const send = async (given: WriteOrder): Promise<Receipt> => {
    const result = await strategy.write.execute(given);
    if (!result.ok) throw new Error(`refused: ${result.rejection.code}`);
    return result.receipt;
  };
  const now = () => systemClock.now();
  return {
    organizationId,
    order,
    send,
    creation: (amount = 500n): WriteOrder => {
      const paymentId = known(parsePaymentId(ids.next()));
      const amountOf = money(amount, known(parseCurrency('EUR')));
      return order(paymentId, {
        ...{ type: 'CreatePayment', now: now(), paymentId, organizationId, amount: amountOf, maxAmount: 10n ** 18n },
        ...{ reference: null, userId: null, workflowId: null, resourceIds: [], createdAt: null },
        ...{ subject: known(parseSubjectId(paymentId)), personal: noPersonalData },
      });
    },
    processing: (paymentId: PaymentId, method = 'test_approve') =>
      order(paymentId, { type: 'ProcessPayment', now: now(), method, stated }),
    refunding: (paymentId: PaymentId, amount: bigint) =>
      order(paymentId, { type: 'RefundPayment', now: now(), stated: { amount, currency: null }, reason: null }),
    describing: (paymentId: PaymentId, description: string) =>
      order(paymentId, { type: 'UpdatePayment', now: now(), stated, maxAmount: 10n ** 18n, personal: { description } }),
    erasing: (paymentId: PaymentId) => order(paymentId, { type: 'ErasePersonalData', now: now() }),
    /** The payment at the version of the receipt or later. */
    read: async ({ paymentId, position }: Pick<Receipt, 'paymentId' | 'position'>): Promise<Payment> => {
      const context = { organizationId, atLeast: position, timeoutMs: 10_000 };
      return known(await strategy.read.get({ type: 'GetPayment', paymentId, asOf: null }, context)).payment;
    },
    history: (paymentId: PaymentId, { position }: Pick<Receipt, 'position'>) =>
      strategy.log.history(
        { type: 'PaymentHistory', paymentId, fromVersion: 1 },
        { organizationId, atLeast: position, timeoutMs: 10_000 },
      ),
  };
}
