// One event of each type, as a payment's life could bring them: what the golden files hold.

import {
  attemptIdOf,
  gatewayKeyOf,
  instantOf,
  money,
  parseCommandId,
  parseCurrency,
  parseOrganizationId,
  parsePaymentId,
  parseSubjectId,
  refundIdOf,
  type DataOf,
  type PaymentEvent,
  type PaymentEventType,
} from '@paystrata/domain';
import type { EventEnvelope, PendingEvent } from '../recorded-event.ts';
import { schemaVersionOf } from '../schema-versions.ts';

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a sample that does not parse');
  return value;
}

export const paymentId = must(parsePaymentId('0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b'));
export const organizationId = must(parseOrganizationId('acme'));
const subject = must(parseSubjectId('customer-17'));
const eur = must(parseCurrency('EUR'));
const jpy = must(parseCurrency('JPY'));
const attemptId = attemptIdOf(1);
const refundId = refundIdOf(2);

const terms: DataOf<'PaymentCreated'> = {
  paymentId,
  organizationId,
  amount: money(12_999n, eur),
  reference: 'invoice 2025/17',
  userId: 'user-7',
  workflowId: 'workflow-3',
  resourceIds: ['cpu-hours', 'storage'],
  createdAt: instantOf(1_750_000_000_000),
  subject,
  personal: {
    customer: { name: 'Zoë "Z" O’Neill', email: 'zoe@example.com' },
    description: 'Compute in June\n– first half, 漢字 \u{1f680}',
    metadata: { order: '17', 'cost centre': 'R&D' },
  },
  personalSize: 87,
};

const samples: { readonly [Type in PaymentEventType]: DataOf<Type> } = {
  PaymentCreated: terms,
  PaymentImported: {
    ...terms,
    amount: money(9_007_199_254_740_993n, jpy),
    reference: null,
    userId: null,
    workflowId: null,
    resourceIds: [],
    createdAt: instantOf(-86_400_000),
    personal: { customer: null, description: 'Taken over from the old books', metadata: {} },
    personalSize: 29,
  },
  PaymentUpdated: {
    amount: money(13_000n, eur),
    reopened: true,
    subject,
    personal: { customer: null, metadata: { order: '18' } },
    personalSize: 7,
  },
  PaymentProcessingStarted: {
    attemptId,
    gatewayKey: gatewayKeyOf(paymentId, attemptId),
    method: 'test_approve',
    amount: money(13_000n, eur),
  },
  PaymentProcessed: { attemptId, captured: money(13_000n, eur), gatewayReference: 'ch_1' },
  PaymentFailed: {
    attemptId,
    failure: { code: 'insufficient_funds', declineCode: 'NSF', retryable: true },
  },
  PaymentCancelled: { reason: 'ordered twice' },
  RefundRequested: {
    refundId,
    gatewayKey: gatewayKeyOf(paymentId, refundId),
    amount: money(1_000n, eur),
    reason: null,
  },
  PaymentRefunded: { refundId, amount: money(1_000n, eur), gatewayReference: 're_2' },
  RefundFailed: { refundId, failure: { code: 'processing_error', declineCode: null, retryable: false } },
  PaymentParked: {
    item: { kind: 'attempt', id: attemptId },
    reason: 'amount_mismatch',
    answered: money(-1n, eur),
    gatewayReference: 'ch_1',
  },
  PaymentSettled: {
    item: { kind: 'refund', id: refundId },
    outcome: 'failed',
    amount: null,
    reason: 'the bank says it never left',
  },
  PaymentDeleted: { reason: null },
  PersonalDataErased: { subject },
};

/** The fact itself, without its envelope. */
function fact<Type extends PaymentEventType>(type: Type): { type: Type; at: PaymentEvent['at']; data: DataOf<Type> } {
  return { type, at: instantOf(1_750_000_000_123), data: samples[type] };
}

/** The sample of a type, in its newest version. */
export function sampleEvent<Type extends PaymentEventType>(type: Type): Extract<PendingEvent, { type: Type }>;
export function sampleEvent(type: PaymentEventType): EventEnvelope & ReturnType<typeof fact> {
  return {
    ...fact(type),
    eventId: '0199a1b2-c3d4-7e5f-8a6b-000000000001',
    schemaVersion: schemaVersionOf(type),
    organizationId,
    paymentId,
    version: 3,
    actor: 'key-1',
    userId: 'user-7',
    correlationId: 'request-9',
    causationId: type === 'PaymentCreated' ? null : 'request-8',
    commandId: must(parseCommandId('command-5')),
    metadata: { file: 'june.csv' },
  };
}
