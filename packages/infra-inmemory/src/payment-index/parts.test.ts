import {
  COUNT_CAP,
  everyPayment,
  tokenize,
  type PaymentFilter,
  type SearchPayments,
  type SearchSource,
} from '@paystrata/application';
import { instantOf, money, noPersonalData, parseCurrency, parseSubjectId, type Payment } from '@paystrata/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPaymentIndex, type PaymentIndex } from './payment-index.ts';
import { RowSet } from './posting.ts';
import { ShardedMap } from './sharded-map.ts';
import { SortedRuns } from './sorted-runs.ts';
import { acme, idOf, known } from '@paystrata/conformance/random-payments';
import { addTokens, fold, TextSet } from './texts.ts';

const unobserved = { added: () => {}, removed: () => {}, refilled: () => {} };

describe('sorted runs', () => {
  it('keep the order of whatever comes and goes, and know the rank of each place', () => {
    const moves = fc.array(fc.tuple(fc.nat(60), fc.boolean()), { maxLength: 200 });
    const property = fc.property(moves, fc.integer({ min: 2, max: 6 }), (played, length) => {
      const runs = new SortedRuns((a, b) => a - b, length, unobserved);
      const model = new Set<number>();
      for (const [item, comes] of played) {
        if (comes && !model.has(item)) runs.insert(item);
        if (!comes) runs.remove(item);
        if (comes) model.add(item);
        else model.delete(item);
        const sorted = [...model].sort((a, b) => a - b);
        expect(itemsOf(runs)).toEqual(sorted);
        expect(runs.rank(runs.seek((other) => other < item))).toBe(sorted.filter((other) => other < item).length);
      }
      for (let turn = 0; turn < runs.turns;) turn = runs.compactAt(turn);
      expect(itemsOf(runs)).toEqual([...model].sort((a, b) => a - b));
      expect(runs.turns).toBeLessThanOrEqual(Math.ceil((2 * model.size) / length) + 1);
    });
    fc.assert(property, { numRuns: 100 });
  });
});

function itemsOf(runs: SortedRuns): readonly number[] {
  const items: number[] = [];
  for (let turn = 0; turn < runs.turns; turn += 1) items.push(...runs.itemsAt(turn).subarray(0, runs.sizeAt(turn)));
  return items;
}

describe('a posting', () => {
  it('holds the same rows as a list, as a long list and as bits', () => {
    const property = fc.property(
      fc.array(fc.nat(300), { minLength: 1, maxLength: 200 }),
      fc.boolean(),
      (moves, dense) => {
        const posting = new RowSet(301, 302);
        const model = new Set([301, 302]);
        for (const row of moves) {
          if (model.has(row)) posting.delete(row);
          else posting.add(row, dense ? 303 : 1_000_000);
          if (!model.delete(row)) model.add(row);
        }
        const rows = Array.from({ length: 303 }, (_, row) => row);
        expect(rows.filter((row) => posting.has(row))).toEqual(rows.filter((row) => model.has(row)));
        expect(posting.count).toBe(model.size);
        posting.shrink(1_000_000);
        expect(rows.filter((row) => posting.has(row))).toEqual(rows.filter((row) => model.has(row)));
      },
    );
    fc.assert(property, { numRuns: 100 });
  });
});

describe('a sharded map', () => {
  it('takes more than one map does', () => {
    const property = fc.property(fc.array(fc.tuple(fc.nat(20), fc.boolean())), (moves) => {
      const map = new ShardedMap<number>(3);
      const model = new Map<string, number>();
      for (const [at, [key, sets]] of moves.entries()) {
        if (sets) map.set(`${key}`, at);
        else map.delete(`${key}`);
        if (sets) model.set(`${key}`, at);
        else model.delete(`${key}`);
        expect(map.size).toBe(model.size);
        expect(map.get(`${key}`)).toBe(model.get(`${key}`));
      }
      expect([...map.values()].sort()).toEqual([...model.values()].sort());
    });
    fc.assert(property, { numRuns: 100 });
  });
});

describe('texts', () => {
  it('are taken apart as the tokenizer does', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: 'grapheme-ascii', maxLength: 90 }),
    );
    const property = fc.property(text, (written) => {
      const tokens = new TextSet();
      addTokens(written, tokens);
      expect(tokens.texts).toEqual([...new Set(tokenize(written))]);
      // Tokens are kept and found without folding them again.
      expect(tokens.texts.map(fold)).toEqual(tokens.texts);
    });
    fc.assert(property, { numRuns: 250 });
  });
});

describe('a search', () => {
  const source: SearchSource = { organizationId: acme, epoch: 'e', position: 1 };
  const search = (filter: Partial<PaymentFilter>, change: Partial<SearchPayments> = {}): SearchPayments => ({
    type: 'SearchPayments',
    filter: { ...everyPayment, ...filter },
    sort: { by: 'created', descending: true },
    limit: 10,
    cursor: null,
    page: null,
    ...change,
  });

  it('counts exactly up to the cap, and looks at few payments beyond it', () => {
    const index = manyPayments(COUNT_CAP + 50);
    const dense = search({ minAmount: 0n, currencies: [known(parseCurrency('EUR'))] });
    expect(index.search(dense, source).total).toEqual({ value: COUNT_CAP, capped: true });
    expect(index.search(search({ maxAmount: 41n }), source).total).toEqual({ value: 42, capped: false });
    index.remove({ organizationId: acme, paymentId: idOf(0) });
    for (let number = 1; number < 50; number += 1) index.remove({ organizationId: acme, paymentId: idOf(number) });
    expect(index.search(dense, source).total).toEqual({ value: COUNT_CAP, capped: false });
  });

  it('looks at no more payments for a page deep within than for the first', () => {
    const index = manyPayments(5000);
    const first = index.search(search({}), source);
    const visits = [search({}), search({}, { page: 400 }), search({}, { cursor: first.next })].map(
      (query) => index.explain(query, source).visited,
    );
    expect(Math.max(...visits)).toBeLessThanOrEqual(11 + 512);
    expect(index.explain(search({ customer: 'Grace 7' }), source)).toMatchObject({ source: 'postings', visited: 50 });
  });

  it('hands out what cannot be changed from outside', () => {
    const index = manyPayments(300);
    const [document] = index.search(search({}), source).payments;
    expect(Object.isFrozen(document)).toBe(true);
  });

  it('tells how much it holds', () => {
    const index = manyPayments(1000);
    expect(index.memory()).toMatchObject({ payments: 1000, organizations: 1 });
    expect(index.memory().entries).toBeGreaterThan(1000);
    const { columnBytes } = index.memory();
    expect(index.compact()).toBe(true);
    expect(index.memory().columnBytes).toBeLessThanOrEqual(columnBytes);
  });
});

/** Amounts and times are the number; every hundredth payment has the same customer. */
function manyPayments(count: number): PaymentIndex {
  const index = createPaymentIndex();
  const payments = Array.from({ length: count }, (_, number): Payment => {
    const id = idOf(number);
    return {
      ...{ id, organizationId: acme, status: 'pending', captured: 0n, refunded: 0n, reference: null, userId: null },
      amount: money(BigInt(number), known(parseCurrency('EUR'))),
      ...{ workflowId: null, resourceIds: [], subject: known(parseSubjectId(id)), personalErased: false },
      personal: { ...noPersonalData, customer: { name: `Grace ${number % 100}`, email: null } },
      ...{ attempts: [], refunds: [], failure: null, imported: false, version: 1, size: 1 },
      createdAt: instantOf(number),
      updatedAt: instantOf(number),
      ...{ processedAt: null, failedAt: null, refundedAt: null },
    };
  });
  index.rebuild(payments.map((payment) => ({ payment, position: 1 })));
  return index;
}
