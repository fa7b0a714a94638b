import { beforeEach, expect, it } from 'vitest';
import type { ReadModel } from '../ports/read-model.ts';
import { noticingReads, type AccessNotice } from './access-notices.ts';
import { everyPayment, type GetPayment, type SearchPayments } from './queries.ts';
import { searchDocuments } from './search.ts';
import { statisticsOf } from './statistics.ts';
import { acme, documentsOf, idOf, samplePayment } from './testing/sample-payment.ts';

const documents = documentsOf([samplePayment({ number: 1 }), samplePayment({ number: 2 })]);
const unasked = async (): Promise<never> => {
  throw new Error('nobody asks this');
};
const reads: ReadModel = {
  get: async ({ paymentId }) => documents.find(({ payment }) => payment.id === paymentId) ?? null,
  search: async (query, { organizationId }) =>
    searchDocuments(documents, query, { organizationId, epoch: 'e', position: 2 }),
  statistics: async (query) => statisticsOf(documents, query),
  suggestions: unasked,
  analytics: unasked,
  awaitingGateway: unasked,
};
const context = { organizationId: acme, atLeast: null, timeoutMs: 0 };
const getPayment = (number: number): GetPayment => ({ type: 'GetPayment', paymentId: idOf(number), asOf: null });

let notices: AccessNotice[];
let noticing: ReadModel;

beforeEach(() => {
  notices = [];
  noticing = noticingReads(reads, (notice) => notices.push(notice));
});

it('tells which payment was shown, and answers the same', async () => {
  expect(await noticing.get(getPayment(2), context)).toBe(documents[1]);
  expect(notices).toEqual([{ organizationId: acme, query: getPayment(2), paymentIds: [idOf(2)] }]);
});

it('tells that somebody looked for a payment that is not there', async () => {
  expect(await noticing.get(getPayment(9), context)).toBeNull();
  expect(notices).toEqual([{ organizationId: acme, query: getPayment(9), paymentIds: [] }]);
});

it('tells of the payments of a page, not of those of the pages after it', async () => {
  const sort = { by: 'created', descending: false } as const;
  const query: SearchPayments = {
    ...{ type: 'SearchPayments', filter: everyPayment, sort, limit: 1, cursor: null, page: null },
  };
  await noticing.search(query, context);
  expect(notices).toEqual([{ organizationId: acme, query, paymentIds: [idOf(1)] }]);
});

it('tells of numbers without naming payments', async () => {
  const query = { type: 'PaymentStatistics', range: { from: null, to: null }, of: 'created' } as const;
  await noticing.statistics(query, context);
  expect(notices).toEqual([{ organizationId: acme, query, paymentIds: [] }]);
});

it('tells nothing of a question that failed', async () => {
  const query = { type: 'SuggestPayments', prefix: 'a', field: null, limit: 5 } as const;
  await expect(noticing.suggestions(query, context)).rejects.toThrow('nobody asks this');
  expect(notices).toEqual([]);
});
