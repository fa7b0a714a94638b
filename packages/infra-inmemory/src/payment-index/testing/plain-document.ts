// For tests: a payment with nothing special about it.

import type { PaymentDocument } from '@paystrata/application';
import { acme, known } from '@paystrata/conformance/random-payments';
import { instantOf, money, parseCurrency, parsePaymentId, parseSubjectId, type Payment } from '@paystrata/domain';

const at = instantOf(Date.UTC(2026, 0, 15));

/** The same one for the same number; `id` alone may be given in another form. */
export function plainDocument(number: number, changes: Partial<Payment> = {}): PaymentDocument {
  const id = known(parsePaymentId(`01980000-0000-7000-8000-${String(number).padStart(12, '0')}`));
  const payment: Payment = {
    ...{ id, organizationId: acme, status: 'pending', amount: money(BigInt(number), known(parseCurrency('EUR'))) },
    ...{ captured: 0n, refunded: 0n, reference: `INV-${number}`, userId: `user-${number}`, workflowId: null },
    ...{ resourceIds: [], subject: known(parseSubjectId(`customer-${number}`)), personalErased: false },
    personal: { customer: null, description: `bill ${number}`, metadata: { ticket: `T-${number}` } },
    ...{ attempts: [], refunds: [], failure: null, imported: false, version: 1, size: 400 },
    ...{ createdAt: at, updatedAt: at, processedAt: null, failedAt: null, refundedAt: null },
    ...changes,
  };
  return { payment, position: number };
}
