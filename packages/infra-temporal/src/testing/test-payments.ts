// Orders of one organization, as tests state them.

import { systemClock, type Receipt, type Strategy, type WriteOrder } from '@paystrata/application';
import type { OrganizationId, Payment, PaymentCommand, PaymentId } from '@paystrata/domain';
import { newOrganization, newPaymentOrder, orderFor } from './orders.ts';

const stated = { amount: null, currency: null };

export function createTestPayments(strategy: Strategy, organizationId: OrganizationId = newOrganization()) {
  const order = (paymentId: PaymentId, command: PaymentCommand) => orderFor({ organizationId, paymentId }, command);
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
    creation: () => newPaymentOrder(500n, systemClock.now(), organizationId),
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
      const found = await strategy.read.get({ type: 'GetPayment', paymentId, asOf: null }, context);
      if (found === null) throw new Error(`there is no payment ${paymentId}`);
      return found.payment;
    },
    history: (paymentId: PaymentId, { position }: Pick<Receipt, 'position'>) =>
      strategy.log.history(
        { type: 'PaymentHistory', paymentId, fromVersion: 1 },
        { organizationId, atLeast: position, timeoutMs: 10_000 },
      ),
  };
}
