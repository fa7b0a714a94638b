// The example of the README: what follows the first blank line is quoted there, word for word.

import {
  decide,
  dueEffects,
  evolveAll,
  initialState,
  instantOf,
  money,
  noPersonalData,
  parseCurrency,
  parseOrganizationId,
  parsePaymentId,
  parseSubjectId,
  type PaymentCommand,
  type PaymentState,
} from '../index.ts';

const currency = parseCurrency('EUR');
const organizationId = parseOrganizationId('acme');
const paymentId = parsePaymentId('01980000-0000-7000-8000-000000000001');
const subject = parseSubjectId('customer-42');
if (!currency || !organizationId || !paymentId || !subject) throw new Error('an id is malformed');

let payment: PaymentState = initialState;

/** Decides, and folds the events. An application stores them in between, at the version that was decided upon. */
function handle(command: PaymentCommand): void {
  const decision = decide(command, payment);
  if (!decision.accepted) throw new Error(`${decision.rejection.code}: ${decision.rejection.message}`);
  payment = evolveAll(payment, decision.events);
}

/** Calls the gateway for what is due; this one approves everything. */
function gatewayApproves(): void {
  for (const { item, amount, gatewayKey } of dueEffects(payment)) {
    const answer = { outcome: 'approved', amount, gatewayReference: `receipt of ${gatewayKey}` } as const;
    handle({ type: 'RecordGatewayAnswer', now, item, answer });
  }
}

const now = instantOf(Date.UTC(2026, 0, 15));
handle({
  type: 'CreatePayment',
  now,
  paymentId,
  organizationId,
  amount: money(129_99n, currency),
  maxAmount: 1_000_000_00n,
  reference: 'INV-2026-17',
  userId: null,
  workflowId: null,
  resourceIds: [],
  subject,
  personal: { ...noPersonalData, description: 'Compute, January' },
  createdAt: null,
});
handle({ type: 'ProcessPayment', now, method: 'card', stated: { amount: 129_99n, currency } });
gatewayApproves();
handle({ type: 'RefundPayment', now, stated: { amount: 30_00n, currency: null }, reason: 'one node was down' });
gatewayApproves();

export { payment }; // partially_refunded: 129.99 EUR captured, 30.00 returned, version 5
