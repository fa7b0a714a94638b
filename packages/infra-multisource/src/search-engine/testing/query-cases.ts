// For tests: what any source that answers queries must answer, held against the plain functions over all documents.

import assert from 'node:assert/strict';
import {
  analyticsOf,
  searchDocuments,
  statisticsOf,
  suggestFrom,
  type PaymentDocument,
  type SearchPage,
  type SearchPayments,
} from '@paystrata/application';
import {
  acme,
  analyticsQueries,
  changes,
  known,
  nextDocument,
  other,
  searches,
  statisticsQueries,
  suggestionQueries,
  type Change,
} from '@paystrata/conformance/random-payments';
import fc from 'fast-check';
import { it } from 'vitest';
import { sourceDocument } from '../../ports/document-text.ts';
import type {
  Ask,
  PaymentSource,
  QueryKind,
  QuestionContext,
  SourceAnswers,
  SourceQueries,
} from '../../ports/source.ts';

export const epoch = 'e';
/** Each run fills an index anew. */
const TIMEOUT_MS = 180_000;
/** Behind all positions of the documents. */
const END = 1_000_000;

/** Payments as random changes leave them. */
function played(list: readonly Change[]): readonly PaymentDocument[] {
  const documents = new Map<number, PaymentDocument>();
  for (const change of list) {
    if (change.kind === 'compact' || change.kind === 'remove') continue;
    const before = documents.get(change.number);
    if (change.kind === 'apply') documents.set(change.number, nextDocument(change.number, change.traits, before));
    else if (before !== undefined) documents.set(change.number, moved(before, change.status));
  }
  return [...documents.values()];
}

function moved({ payment, position }: PaymentDocument, status: PaymentDocument['payment']['status']): PaymentDocument {
  return { payment: { ...payment, status, version: payment.version + 1 }, position: position + 1 };
}

/** Asks, as fresh as can be. */
async function asked<Kind extends QueryKind>(
  source: PaymentSource,
  kind: Kind,
  query: SourceQueries[Kind],
  context: Partial<QuestionContext> = {},
): Promise<SourceAnswers[Kind]> {
  const ask: Ask<Kind> | undefined = source.queries[kind];
  const sourced = known(await known(ask)(query, { organizationId: acme, epoch, atLeast: END, ...context }));
  return sourced.answer;
}

/** Empties the source and puts the documents. */
async function fill(source: PaymentSource, documents: readonly PaymentDocument[]): Promise<void> {
  await source.clear();
  const held = await source.apply({ from: 0, to: END, documents: documents.map(sourceDocument), events: [] });
  assert.equal(held, END);
}

async function pagesOf(
  search: (query: SearchPayments) => Promise<SearchPage> | SearchPage,
  query: SearchPayments,
): Promise<readonly SearchPage[]> {
  const pages = [await search(query)];
  for (let next = pages[0]?.next ?? null; next !== null; next = pages.at(-1)?.next ?? null) {
    pages.push(await search({ ...query, page: null, cursor: next }));
  }
  return pages;
}

/** Declares the tests. `runs`: of each property. */
export function declareQueryCases(source: () => PaymentSource, runs: number): void {
  const many = <T>(query: fc.Arbitrary<T>, count: number) => fc.array(query, { minLength: count, maxLength: count });

  it(
    'answers searches as the plain functions do, page by page',
    async () => {
      const property = fc.asyncProperty(changes, many(searches, 6), async (list, queries) => {
        const documents = played(list);
        await fill(source(), documents);
        const own = documents.filter(({ payment }) => payment.organizationId === acme);
        const about = { organizationId: acme, epoch, position: END };
        for (const query of queries) {
          const found = await pagesOf((each) => asked(source(), 'search', each), query);
          assert.deepEqual(found, await pagesOf((each) => searchDocuments(own, each, about), query));
        }
      });
      await fc.assert(property, { numRuns: runs });
    },
    TIMEOUT_MS,
  );

  it(
    'suggests, counts, analyzes and finds as the plain functions do',
    async () => {
      const property = fc.asyncProperty(
        changes,
        many(suggestionQueries, 4),
        many(statisticsQueries, 4),
        many(analyticsQueries, 3),
        async (list, suggestions, statistics, analytics) => {
          const documents = played(list);
          await fill(source(), documents);
          const own = documents.filter(({ payment }) => payment.organizationId === acme);
          for (const query of suggestions) {
            assert.deepEqual(await asked(source(), 'suggestions', query), suggestFrom(own, query));
          }
          for (const query of statistics) {
            assert.deepEqual(await asked(source(), 'statistics', query), statisticsOf(own, query));
          }
          for (const query of analytics) {
            assert.deepEqual(await asked(source(), 'analytics', query), analyticsOf(own, query));
          }
          for (const document of documents) {
            const get = { type: 'GetPayment', paymentId: document.payment.id, asOf: null } as const;
            const ofAcme = document.payment.organizationId === acme;
            assert.deepEqual(await asked(source(), 'get', get), ofAcme ? document : null);
            assert.deepEqual(await asked(source(), 'get', get, { organizationId: other }), ofAcme ? null : document);
          }
        },
      );
      await fc.assert(property, { numRuns: runs });
    },
    TIMEOUT_MS,
  );
}
