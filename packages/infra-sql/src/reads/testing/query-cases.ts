// For tests: what any database of the read models must answer, held against the plain functions.

import assert from 'node:assert/strict';
import {
  analyticsOf,
  compareKeys,
  searchDocuments,
  statisticsOf,
  suggestFrom,
  type PaymentDocument,
  type SearchPage,
  type SearchPayments,
  type SearchSource,
} from '@paystrata/application';
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
import fc from 'fast-check';
import { it } from 'vitest';
import type { ReadsDatabase } from '../database/reads-database.ts';
import { analyzePayments } from '../payments/analyze-payments.ts';
import { awaitingGateway } from '../payments/awaiting-gateway.ts';
import { paymentStatistics } from '../payments/payment-sums.ts';
import { searchPayments } from '../payments/search-payments.ts';
import { suggestPayments } from '../payments/suggest-payments.ts';
import { DocumentTables } from './document-tables.ts';

const source: SearchSource = { organizationId: acme, epoch: 'e', position: 1000 };

/** Changes of a payment as a projection may see them: it is never removed. */
async function played(tables: DocumentTables, list: readonly Change[]): Promise<readonly PaymentDocument[]> {
  const documents = new Map<number, PaymentDocument>();
  for (const some of inBatches(list)) {
    const before = new Map<number, PaymentDocument | null>();
    for (const change of some) {
      if (change.kind === 'compact' || change.kind === 'remove') continue;
      const { number } = change;
      const known = documents.get(number);
      if (change.kind === 'move' && known === undefined) continue;
      if (!before.has(number)) before.set(number, known ?? null);
      documents.set(number, changed(change, known));
    }
    await tables.put([...before].flatMap(([number, old]) => entryOf(old, documents.get(number))));
  }
  return [...documents.values()];
}

function entryOf(before: PaymentDocument | null, after: PaymentDocument | undefined) {
  return after === undefined ? [] : [{ before, after }];
}

/** What never changes of a payment stays as it was; its customer's id too. */
function changed(change: Extract<Change, { kind: 'apply' | 'move' }>, known: PaymentDocument | undefined) {
  if (change.kind === 'apply') {
    const made = nextDocument(change.number, change.traits, known);
    if (known === undefined) return made;
    const { reference, subject, resourceIds, personal } = known.payment;
    const kept = { reference, subject, resourceIds, ...(change.keeps && { personal }) };
    return { ...made, payment: { ...made.payment, ...kept } };
  }
  assert.ok(known !== undefined);
  const { payment, position } = known;
  return { payment: { ...payment, status: change.status, version: payment.version + 1 }, position: position + 1 };
}

function inBatches(list: readonly Change[]): readonly (readonly Change[])[] {
  const batches: Change[][] = [];
  for (let at = 0; at < list.length; at += 7) batches.push(list.slice(at, at + 7));
  return batches;
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
export function declareQueryCases(database: () => ReadsDatabase, runs: number): void {
  const check = async (
    list: readonly Change[],
    ask: (tables: DocumentTables, of: (organization: string) => readonly PaymentDocument[]) => Promise<void>,
  ) => {
    const tables = await DocumentTables.create(database());
    const documents = await played(tables, list);
    await ask(tables, (organization) => documents.filter(({ payment }) => payment.organizationId === organization));
    await tables.drop();
  };

  it.each([
    ['gathered', undefined],
    ['walked along', 0],
  ])('answers searches as the plain functions do, page by page, %s', async (_, walkAbove) => {
    const questions = fc.array(searches, { minLength: 5, maxLength: 5 });
    const property = fc.asyncProperty(changes, questions, (list, queries) =>
      check(list, async (tables, of) => {
        for (const query of queries) {
          const expected = await pagesOf((each) => searchDocuments(of(acme), each, source), query);
          const search = (each: SearchPayments) =>
            tables.read((session) => searchPayments(session, each, source, walkAbove));
          const found = await pagesOf(search, query);
          assert.deepEqual(found, expected);
        }
      }),
    );
    await fc.assert(property, { numRuns: runs });
  });

  it('suggests, counts and analyzes as the plain functions do', async () => {
    const property = fc.asyncProperty(
      changes,
      fc.array(suggestionQueries, { minLength: 3, maxLength: 3 }),
      fc.array(statisticsQueries, { minLength: 3, maxLength: 3 }),
      fc.array(analyticsQueries, { minLength: 2, maxLength: 2 }),
      (list, suggestions, statistics, analytics) =>
        check(list, async (tables, of) => {
          for (const query of suggestions) {
            const found = await tables.read((session) => suggestPayments(session, acme, query));
            assert.deepEqual(found, suggestFrom(of(acme), query));
          }
          for (const query of statistics) {
            const found = await tables.read((session) => paymentStatistics(session, acme, query));
            assert.deepEqual(found, statisticsOf(of(acme), query));
          }
          for (const query of analytics) {
            const found = await tables.read((session) => analyzePayments(session, acme, query));
            assert.deepEqual(found, analyticsOf(of(acme), query));
          }
        }),
    );
    await fc.assert(property, { numRuns: runs });
  });

  it('knows those that wait for the gateway, in order', async () => {
    const property = fc.asyncProperty(changes, fc.nat(25), fc.nat(6), (list, number, limit) =>
      check(list, async (tables, of) => {
        const waiting = [...of(acme), ...of(other)]
          .filter(({ payment }) => payment.attempts.length > 0)
          .map(({ payment }) => ({ organizationId: payment.organizationId, paymentId: payment.id }))
          .sort(compareKeys);
        const after = { organizationId: acme, paymentId: idOf(number) };
        const first = await tables.read((session) => awaitingGateway(session, null, limit));
        assert.deepEqual(first, waiting.slice(0, limit));
        const later = await tables.read((session) => awaitingGateway(session, after, 100));
        assert.deepEqual(
          later,
          waiting.filter((key) => compareKeys(key, after) > 0),
        );
      }),
    );
    await fc.assert(property, { numRuns: Math.ceil(runs / 3) });
  });
}
