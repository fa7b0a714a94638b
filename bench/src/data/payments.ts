// Payments as a platform has them after a year: many statuses, some customers with many payments, most with few.

import {
  currencies,
  instantOf,
  parseOrganizationId,
  parsePaymentId,
  type Currency,
  type OrganizationId,
  type Payment,
  type PaymentDocument,
  type PaymentStatus,
} from '@paystrata/application';
import { attemptIdOf, gatewayKeyOf, parseSubjectId, type Attempt } from '@paystrata/domain';
import { createRandom, createZipf, type Random } from './random.ts';

export interface PaymentData {
  readonly payments: number;
  /** One, or so many in the proportions of Zipf's law. */
  readonly organizations: number;
  readonly seed?: number;
}

export const YEAR_BEGIN = Date.UTC(2025, 0, 1);
export const YEAR_MS = 365 * 24 * 3600 * 1000;
const DAY_MS = 24 * 3600 * 1000;

const services = ['compute', 'storage', 'network', 'database', 'queue', 'backup', 'gateway', 'monitoring'] as const;
const firstNames = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Frances', 'John', 'Jean', 'Karen'] as const;
const lastNames = ['Lovelace', 'Hopper', 'Turing', 'Dijkstra', 'Liskov', 'Knuth', 'Allen', 'Backus', 'Bartik'] as const;
const teams = ['blue', 'red', 'green', 'orange', 'violet', 'white', 'black', 'silver', 'gold', 'grey'] as const;
const codes = ['EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'USD', 'USD', 'USD', 'GBP', 'GBP', 'JPY', 'CHF', 'INR'] as const;

/** In hundredths of all payments. */
const shares: readonly (readonly [PaymentStatus, number])[] = [
  ['completed', 68],
  ['pending', 8],
  ['failed', 7],
  ['refunded', 5],
  ['cancelled', 5],
  ['partially_refunded', 3],
  ['processing', 2],
  ['deleted', 2],
];

/** In the order of creation, the same ones for the same data. */
export function* paymentDocuments({ payments, organizations, seed = 1 }: PaymentData): Generator<PaymentDocument> {
  const random = createRandom(seed);
  const zipf = createZipf(random, organizations);
  for (let number = 0; number < payments; number += 1) {
    const createdAt = YEAR_BEGIN + Math.floor((number / payments) * YEAR_MS);
    yield { payment: paymentOf(number, createdAt, organizationOf(zipf()), random), position: number + 1 };
  }
}

function organizationOf(number: number): OrganizationId {
  return known(parseOrganizationId(`organization-${number}`));
}

function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the benchmark made an id that is none');
  return value;
}

const currencyOf = new Map<string, Currency>(currencies.map((code) => [code, code]));

function paymentOf(number: number, createdAt: number, organizationId: OrganizationId, random: Random): Payment {
  const hasReference = random.below(10) < 6;
  const id = known(parsePaymentId(hasReference ? randomId(random) : timedId(createdAt, random)));
  const status = statusOf(random);
  const amount = { amount: BigInt(Math.floor(100 * 10 ** (random.next() * 4))), currency: currencyFor(random) };
  const isCaptured = status === 'completed' || status === 'refunded' || status === 'partially_refunded';
  const settledAt = createdAt + 500 + random.below(60_000);
  const refundedAt = settledAt + random.below(30 * DAY_MS);
  const person = Math.floor(random.next() ** 2 * 50_000);
  const [first, last] = [firstNames[person % 10] ?? '', lastNames[person % 9] ?? ''];
  const isRefunded = status === 'refunded' || status === 'partially_refunded';
  return {
    ...{ id, organizationId, status, amount, captured: isCaptured ? amount.amount : 0n },
    refunded: status === 'refunded' ? amount.amount : status === 'partially_refunded' ? amount.amount / 2n : 0n,
    reference: hasReference ? `INV-2025-${String(number).padStart(7, '0')}` : null,
    userId: `user-${random.below(20_000)}`,
    workflowId: `workflow-${random.below(2000)}`,
    resourceIds: [`vm-${random.below(30_000)}`],
    subject: known(parseSubjectId(`customer-${person}`)),
    personal: {
      customer: { name: `${first} ${last} ${person}`, email: `${first}.${last}.${person}@example.org`.toLowerCase() },
      description: `${random.pick(services)} ${random.pick(services)} ${1 + random.below(700)} hours in ${random.pick(teams)}`,
      metadata: { team: random.pick(teams), ticket: `T-${random.below(100_000)}` },
    },
    ...{ personalErased: false, refunds: [], imported: false, size: 400 },
    attempts: isCaptured || status === 'failed' ? [attemptOf(id, amount, status, createdAt, settledAt)] : [],
    failure: status === 'failed' ? { code: 'card_declined', declineCode: null, retryable: true } : null,
    version: isRefunded ? 5 : isCaptured ? 3 : 1,
    createdAt: instantOf(createdAt),
    updatedAt: instantOf(isRefunded ? refundedAt : isCaptured || status === 'failed' ? settledAt : createdAt),
    processedAt: isCaptured ? instantOf(settledAt) : null,
    failedAt: status === 'failed' ? instantOf(settledAt) : null,
    refundedAt: isRefunded ? instantOf(refundedAt) : null,
  };
}

function attemptOf(
  id: Payment['id'],
  amount: Payment['amount'],
  status: PaymentStatus,
  at: number,
  until: number,
): Attempt {
  const attemptId = attemptIdOf(1);
  return {
    id: attemptId,
    gatewayKey: gatewayKeyOf(id, attemptId),
    amount,
    status: status === 'failed' ? 'failed' : 'succeeded',
    requestedAt: instantOf(at),
    resolvedAt: instantOf(until),
    gatewayReference: null,
    failure: null,
    parked: null,
    method: 'card',
  };
}

function statusOf(random: Random): PaymentStatus {
  let left = random.below(100);
  for (const [status, share] of shares) {
    left -= share;
    if (left < 0) return status;
  }
  return 'completed';
}

function currencyFor(random: Random): Currency {
  return known(currencyOf.get(random.pick(codes)));
}

function randomId(random: Random): string {
  return withDashes(`${hex(random, 12)}8${hex(random, 3)}8${hex(random, 15)}`);
}

function timedId(at: number, random: Random): string {
  return withDashes(`${at.toString(16).padStart(12, '0')}7${hex(random, 3)}8${hex(random, 15)}`);
}

function hex(random: Random, digits: number): string {
  let text = '';
  while (text.length < digits)
    text += random
      .below(2 ** 16)
      .toString(16)
      .padStart(4, '0');
  return text.slice(0, digits);
}

function withDashes(digits: string): string {
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  );
}
