import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, money, paymentStatuses, type Payment } from '@paystrata/domain';
import { COUNT_CAP, type PaymentDocument } from './answers.ts';
import { everyPayment, sortKeys, type SearchPayments, type Sort } from './queries.ts';
import { searchDocuments, type SearchSource } from './search.ts';
import { acme, currencyOf, documentsOf, idOf, samplePayment } from './testing/sample-payment.ts';

const source: SearchSource = { organizationId: acme, epoch: 'life-1', position: 50 };
const query: SearchPayments = {
  type: 'SearchPayments',
  filter: everyPayment,
  sort: { by: 'created', descending: true },
  limit: 10,
  cursor: null,
  page: null,
};

/** Few values, so that many are equal. */
const anyPayments = fc
  .array(
    fc.record({
      createdAt: fc.integer({ min: -2, max: 2 }).map(instantOf),
      updatedAt: fc.integer({ min: 0, max: 3 }).map(instantOf),
      status: fc.constantFrom(...paymentStatuses),
      amount: fc.record({
        amount: fc.bigInt({ min: 9_007_199_254_740_990n, max: 9_007_199_254_740_993n }),
        currency: fc.constantFrom('EUR', 'GBP', 'JPY').map(currencyOf),
      }),
    }),
    { maxLength: 30 },
  )
  .map((changes) => changes.map((change, index) => samplePayment({ ...change, number: (index * 7) % 31 })));
const anySort: fc.Arbitrary<Sort> = fc.record({ by: fc.constantFrom(...sortKeys), descending: fc.boolean() });
const anyLimit = fc.integer({ min: 1, max: 12 });

function allPages(documentsAt: (page: number) => readonly PaymentDocument[], first: SearchPayments): Payment[] {
  const found: Payment[] = [];
  let cursor: string | null = null;
  for (let page = 0; ; page += 1) {
    if (page > 100) throw new Error('the pages do not come to an end');
    const answer = searchDocuments(documentsAt(page), { ...first, cursor }, source);
    found.push(...answer.payments.map(({ payment }) => payment));
    expect(answer.hasMore).toBe(answer.next !== null);
    if (answer.next === null) return found;
    expect(answer.payments).toHaveLength(first.limit);
    cursor = answer.next;
  }
}

function keyOf(payment: Payment, { by }: Sort): readonly (bigint | number | string)[] {
  if (by === 'created') return [payment.createdAt];
  if (by === 'updated') return [payment.updatedAt];
  return by === 'status' ? [payment.status] : [payment.amount.amount, payment.amount.currency];
}

function expectOrder(payments: readonly Payment[], sort: Sort): void {
  for (const [index, payment] of payments.slice(1).entries()) {
    const before = payments[index];
    const [a, b] = sort.descending ? [payment, before] : [before, payment];
    if (a === undefined || b === undefined) continue;
    const parts = [...keyOf(a, sort), a.id].map((part, at) => [part, [...keyOf(b, sort), b.id][at]] as const);
    const decisive = parts.find(([x, y]) => x !== y);
    expect(decisive?.[0] !== undefined && decisive[1] !== undefined && decisive[0] < decisive[1]).toBe(true);
  }
}

describe('searching payments', () => {
  it('gives each of them once and in order, in pages of any size', () => {
    fc.assert(
      fc.property(anyPayments, anySort, anyLimit, (payments, sort, limit) => {
        const documents = documentsOf(payments);
        let pages = 0;
        const found = allPages(
          (page) => {
            pages = page + 1;
            return documents;
          },
          { ...query, sort, limit },
        );
        expect(pages).toBe(Math.max(1, Math.ceil(found.length / limit)));
        expectOrder(found, sort);
        const expected = payments.filter(({ status }) => status !== 'deleted').map(({ id }) => id);
        expect(found.map(({ id }) => id).sort()).toEqual(expected.sort());
      }),
    );
  });

  it('gives the same by page numbers, and goes on from any of them by its cursor', () => {
    fc.assert(
      fc.property(anyPayments, anySort, anyLimit, (payments, sort, limit) => {
        const documents = documentsOf(payments);
        const whole = allPages(() => documents, { ...query, sort, limit: 100 });
        for (let page = 1; page <= Math.ceil(whole.length / limit) + 1; page += 1) {
          const answer = searchDocuments(documents, { ...query, sort, limit, page }, source);
          expect(answer.payments.map(({ payment }) => payment)).toEqual(whole.slice((page - 1) * limit, page * limit));
          if (answer.next === null) continue;
          const after = searchDocuments(documents, { ...query, sort, limit, cursor: answer.next }, source);
          expect(after.payments.map(({ payment }) => payment)).toEqual(whole.slice(page * limit, (page + 1) * limit));
        }
      }),
    );
  });

  it('gives what did not change exactly once, whatever else changes, comes and goes between pages', () => {
    const anyChange = fc.record({ index: fc.nat(29), updatedAt: fc.integer({ min: 4, max: 9 }).map(instantOf) });
    fc.assert(
      fc.property(anyPayments, anySort, anyLimit, fc.array(anyChange), (payments, sort, limit, changes) => {
        const changed = new Set(changes.map(({ index }) => index));
        const documentsAt = (page: number) =>
          documentsOf([
            ...payments.flatMap((payment, index) => {
              const change = changes.find((each) => each.index === index);
              if (page === 0 || change === undefined) return [payment];
              return index % 2 === 0 ? [] : [{ ...payment, updatedAt: change.updatedAt, status: 'failed' as const }];
            }),
            ...(page === 0 ? [] : [samplePayment({ number: 40 + (page % 9), updatedAt: instantOf(page % 9) })]),
          ]);
        const found = allPages(documentsAt, { ...query, sort, limit });
        for (const [index, { id, status }] of payments.entries()) {
          if (changed.has(index) || status === 'deleted') continue;
          expect(found.filter((payment) => payment.id === id)).toHaveLength(1);
        }
      }),
    );
  });

  it('finds deleted payments by that status only', () => {
    const documents = documentsOf([samplePayment({ number: 1 }), samplePayment({ number: 2, status: 'deleted' })]);
    const ids = (filter: Partial<typeof everyPayment>) =>
      searchDocuments(documents, { ...query, filter: { ...everyPayment, ...filter } }, source).payments.map(
        ({ payment }) => payment.id,
      );
    expect(ids({})).toEqual([idOf(1)]);
    expect(ids({ statuses: ['deleted'] })).toEqual([idOf(2)]);
    expect(ids({ statuses: ['deleted', 'pending'] })).toEqual([idOf(2), idOf(1)]);
  });

  it('counts exactly up to the cap, the same on every page', () => {
    const documents = documentsOf(Array.from({ length: COUNT_CAP }, (_, number) => samplePayment({ number })));
    const first = searchDocuments(documents, query, source);
    expect(first.total).toEqual({ value: COUNT_CAP, capped: false });
    expect(searchDocuments(documents, { ...query, cursor: first.next }, source).total).toEqual(first.total);
    const oneMore = [...documents, ...documentsOf([samplePayment({ number: COUNT_CAP })])];
    expect(searchDocuments(oneMore, query, source).total).toEqual({ value: COUNT_CAP, capped: true });
  });

  it('sorts by amount in minor units, then by currency, exactly beyond 2^53', () => {
    const amounts = [
      money(9_007_199_254_740_993n, currencyOf('EUR')),
      money(9_007_199_254_740_992n, currencyOf('JPY')),
      money(9_007_199_254_740_992n, currencyOf('EUR')),
    ];
    const documents = documentsOf(amounts.map((amount, number) => samplePayment({ number, amount })));
    const sort: Sort = { by: 'amount', descending: false };
    expect(allPages(() => documents, { ...query, sort, limit: 1 }).map(({ amount }) => amount)).toEqual(
      amounts.toReversed(),
    );
  });
});
