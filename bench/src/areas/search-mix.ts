// The published mix of searches: what people and programs ask a list of payments for.

import {
  everyPayment,
  instantOf,
  type Currency,
  type OrganizationId,
  type PaymentDocument,
  type PaymentFilter,
  type SearchPayments,
  type Sort,
} from '@paystrata/application';
import { YEAR_BEGIN, YEAR_MS } from '../data/payments.ts';
import { createRandom, type Random } from '../data/random.ts';

export interface MixedSearch {
  readonly kind: string;
  readonly organizationId: OrganizationId;
  readonly query: SearchPayments;
}

const DAY_MS = 24 * 3600 * 1000;
const newest: Sort = { by: 'created', descending: true };
const EUR = 'EUR' as Currency;
const USD = 'USD' as Currency;

interface Question extends Partial<Pick<SearchPayments, 'sort' | 'page' | 'limit'>> {
  readonly filter: Partial<PaymentFilter>;
}

type Ask = (example: PaymentDocument['payment'], random: Random) => Question;

/** Each comes as often as the others; what is asked for is taken from a payment that there is. */
const questions: Readonly<Record<string, Ask>> = {
  'newest first': () => ({ filter: {} }),
  'of a status': (_, random) => ({
    filter: { statuses: [random.pick(['failed', 'pending', 'refunded', 'completed'])] },
  }),
  'status, currency and amounts': (_, random) => {
    const low = BigInt(100 + random.below(100_000));
    return {
      filter: { statuses: ['completed'], currencies: [EUR], minAmount: low, maxAmount: low * 2n },
    };
  },
  'a week, by amount': (_, random) => {
    const from = YEAR_BEGIN + random.below(YEAR_MS - 7 * DAY_MS);
    const created = { from: instantOf(from), to: instantOf(from + 7 * DAY_MS) };
    return { filter: { created }, sort: { by: 'amount', descending: true } };
  },
  'a day processed, in a currency': (_, random) => {
    const from = YEAR_BEGIN + random.below(YEAR_MS - DAY_MS);
    const processed = { from: instantOf(from), to: instantOf(from + DAY_MS) };
    return { filter: { processed, currencies: [USD] }, sort: { by: 'updated', descending: true } };
  },
  'last changed, failed or cancelled': () => ({
    filter: { statuses: ['failed', 'cancelled'] },
    sort: { by: 'updated', descending: true },
  }),
  'of a customer': ({ personal }) => ({ filter: { customer: personal.customer?.email ?? '' } }),
  'by reference': ({ reference, id }) => ({ filter: { reference: reference ?? id } }),
  'of a user, completed': ({ userId }) => ({ filter: { userId, statuses: ['completed'] } }),
  'rare: failed in a workflow, by amount': ({ workflowId }) => ({
    filter: { workflowId, statuses: ['failed'] },
    sort: { by: 'amount', descending: false },
  }),
  'rare: refunded in a small currency, by change': () => ({
    filter: { statuses: ['partially_refunded'], currencies: ['CHF' as Currency], minAmount: 500_000n },
    sort: { by: 'updated', descending: false },
  }),
  'of a resource': ({ resourceIds }) => ({ filter: { resourceId: resourceIds[0] ?? '' } }),
  'by metadata, pending': ({ personal }) => ({
    filter: { metadata: { team: personal.metadata['team'] ?? '' }, statuses: ['pending'] },
  }),
  'text, a word and a beginning': ({ personal }, random) => {
    const name = (personal.customer?.name ?? '').toLowerCase().split(' ');
    return { filter: { text: `${name[1] ?? ''} ${(name[2] ?? '').slice(0, 1 + random.below(4))}` } };
  },
  'text, as it is typed': ({ personal }, random) => ({
    filter: { text: (personal.description ?? '').slice(0, 1 + random.below(12)).trim() || 'a' },
  }),
  'all by amount': () => ({ filter: {}, sort: { by: 'amount', descending: true } }),
  'page 40 of a status': (_, random) => ({
    filter: { statuses: [random.pick(['failed', 'completed'])] },
    page: 40,
    limit: 25,
  }),
};

/** The kinds take turns. @param examples payments from which values are taken. */
export function searchMix(examples: readonly PaymentDocument[], count: number): readonly MixedSearch[] {
  const random = createRandom(7);
  const kinds = Object.entries(questions);
  return Array.from({ length: count }, (_, number): MixedSearch => {
    const [kind, ask] = kinds[number % kinds.length] ?? kinds[0] ?? ['', () => ({ filter: {} })];
    const { payment } = examples[random.below(examples.length)] ?? exampleMissing();
    const { filter, sort = newest, page = null, limit = 10 }: Question = ask(payment, random);
    return {
      kind,
      organizationId: payment.organizationId,
      query: { type: 'SearchPayments', filter: { ...everyPayment, ...filter }, sort, limit, cursor: null, page },
    };
  });
}

function exampleMissing(): never {
  throw new Error('a mix needs payments');
}
