import {
  analyticsOf,
  compareKeys,
  everyPayment,
  searchDocuments,
  statisticsOf,
  suggestFrom,
  type PaymentDocument,
  type SearchPage,
  type SearchPayments,
  type SearchSource,
} from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPaymentIndex, type PaymentIndex, type PaymentIndexOptions } from './payment-index.ts';
import {
  acme,
  analyticsQueries,
  changes,
  idOf,
  nextDocument,
  other,
  searches,
  statisticsQueries,
  suggestionQueries,
  type Change,
} from '@paystrata/conformance/random-payments';

const source: SearchSource = { organizationId: acme, epoch: 'e', position: 1000 };
/** Runs are split and merged, maps sharded, beginnings watched and sort orders walked with a handful of payments. */
const tiny: PaymentIndexOptions = { runLength: 4, prefixLength: 1, mapLimit: 2, unionTerms: 1, gather: 0, few: 0 };
const cuts: readonly (readonly [string, PaymentIndexOptions])[] = [
  ['as it is', { few: 0 }],
  ['that begins with few payments', { few: 5 }],
  ['tiny', tiny],
  ['of runs of two, and with large unions', { ...tiny, runLength: 2, unionTerms: 100, gather: 3 }],
];

/** The plain documents that an index has to agree with. */
class Model {
  readonly documents = new Map<number, PaymentDocument>();

  play(index: PaymentIndex, changes: readonly Change[]): this {
    for (const change of changes) this.#play(index, change);
    return this;
  }

  of(organizationId: OrganizationId): readonly PaymentDocument[] {
    return [...this.documents.values()].filter(({ payment }) => payment.organizationId === organizationId);
  }

  #play(index: PaymentIndex, change: Change): void {
    if (change.kind === 'compact') {
      index.compact(change.steps);
      return;
    }
    const before = this.documents.get(change.number);
    if (change.kind === 'remove') {
      const key = { organizationId: change.number % 5 === 0 ? other : acme, paymentId: idOf(change.number) };
      expect(index.remove(key)).toBe(before !== undefined);
      this.documents.delete(change.number);
    } else if (change.kind === 'apply') {
      const made = nextDocument(change.number, change.traits, before);
      const personal = change.keeps && before !== undefined ? before.payment.personal : made.payment.personal;
      this.#apply(index, change.number, { ...made, payment: { ...made.payment, personal } });
    } else if (before !== undefined) {
      const { payment, position } = before;
      const moved = { ...payment, status: change.status, version: payment.version + 1 };
      this.#apply(index, change.number, { payment: moved, position: position + 1 });
    }
  }

  #apply(index: PaymentIndex, number: number, document: PaymentDocument): void {
    expect(index.apply(document)).toBe(true);
    expect(index.apply({ ...document })).toBe(false);
    this.documents.set(number, document);
  }
}

/** All pages by cursor. */
function pagesOf(search: (query: SearchPayments) => SearchPage, query: SearchPayments): readonly SearchPage[] {
  const pages = [search(query)];
  for (let next = pages[0]?.next ?? null; next !== null; next = pages.at(-1)?.next ?? null) {
    pages.push(search({ ...query, page: null, cursor: next }));
  }
  return pages;
}

describe.each(cuts)('an index %s', (_, options) => {
  it('answers searches as the plain functions do, page by page', () => {
    const questions = fc.array(searches, { minLength: 5, maxLength: 5 });
    const property = fc.property(changes, questions, (played, queries) => {
      const index = createPaymentIndex(options);
      const documents = new Model().play(index, played).of(acme);
      for (const query of queries) {
        const expected = pagesOf((each) => searchDocuments(documents, each, source), query);
        expect(pagesOf((each) => index.search(each, source), query)).toEqual(expected);
      }
    });
    fc.assert(property, { numRuns: 150 });
  });

  it('suggests, counts and analyzes as the plain functions do', () => {
    const property = fc.property(
      changes,
      fc.array(suggestionQueries, { minLength: 3, maxLength: 3 }),
      fc.array(statisticsQueries, { minLength: 3, maxLength: 3 }),
      analyticsQueries,
      (played, suggestions, statistics, analytics) => {
        const index = createPaymentIndex(options);
        const documents = new Model().play(index, played).of(acme);
        for (const query of suggestions) {
          expect(index.suggestions(acme, query)).toEqual(suggestFrom(documents, query));
        }
        for (const query of statistics) {
          expect(index.statistics(acme, query)).toEqual(statisticsOf(documents, query));
        }
        const { created } = analytics.filter;
        for (const filter of [analytics.filter, { ...everyPayment, created }, everyPayment]) {
          const query = { ...analytics, filter };
          expect(index.analytics(acme, query)).toEqual(analyticsOf(documents, query));
        }
      },
    );
    fc.assert(property, { numRuns: 150 });
  });

  it('is the same once it is compacted, and once it is rebuilt', () => {
    const property = fc.property(changes, searches, statisticsQueries, (played, query, statistics) => {
      const index = createPaymentIndex(options);
      const model = new Model().play(index, played);
      const documents = model.of(acme);
      const expectSame = () => {
        expect(index.search(query, source)).toEqual(searchDocuments(documents, query, source));
        expect(index.statistics(acme, statistics)).toEqual(statisticsOf(documents, statistics));
        expect(index.size()).toBe(model.documents.size);
        expect(index.size(acme)).toBe(documents.length);
        expect(new Set(index.documents(acme))).toEqual(new Set(documents));
      };
      expect(index.compact()).toBe(true);
      expectSame();
      expect(index.rebuild(model.documents.values())).toBe(model.documents.size);
      expectSame();
    });
    fc.assert(property, { numRuns: 100 });
  });

  it('knows each payment by its key, and those that wait for the gateway in order', () => {
    const property = fc.property(changes, fc.nat(25), fc.nat(6), (played, number, limit) => {
      const index = createPaymentIndex(options);
      const { documents } = new Model().play(index, played);
      for (const organizationId of [acme, other]) {
        const found = index.get({ organizationId, paymentId: idOf(number) });
        const document = documents.get(number);
        expect(found).toEqual(document?.payment.organizationId === organizationId ? document : null);
      }
      const waiting = [...documents.values()]
        .filter(({ payment }) => payment.attempts.length > 0)
        .map(({ payment }) => ({ organizationId: payment.organizationId, paymentId: payment.id }))
        .sort(compareKeys);
      const after = { organizationId: acme, paymentId: idOf(number) };
      expect(index.awaitingGateway(null, limit)).toEqual(waiting.slice(0, limit));
      expect(index.awaitingGateway(after, 100)).toEqual(waiting.filter((key) => compareKeys(key, after) > 0));
    });
    fc.assert(property, { numRuns: 60 });
  });
});
