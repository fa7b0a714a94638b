// The real input on the durable stores: imported by one process, asked by another one, and every answer the same as the
// plain functions give over all payments, which is what memory-cqs answers.

import {
  analyticsOf,
  createPaymentDocuments,
  currencies,
  everyPayment,
  instantOf,
  parseOrganizationId,
  readLog,
  searchDocuments,
  statisticsOf,
  suggestFrom,
  type PaymentAnalytics,
  type PaymentDocument,
  type PaymentFilter,
  type ReadContext,
  type SearchPage,
  type SearchPayments,
  type Sort,
  type Strategy,
} from '@paystrata/application';
import { compose, loadConfig } from '@paystrata/composition';
import { startPostgres } from '@paystrata/test-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkplace, type Workplace } from './command.ts';
import { leeds, leedsFile, leedsFlags } from './leeds-file.ts';
import { firstImport, importReport } from './shapes.ts';

const council = parseOrganizationId(leeds.council);
if (council === undefined) throw new Error('the council has no organization');
const organizationId = council;
const context: ReadContext = { organizationId, atLeast: null, timeoutMs: 60_000 };
const midsummer = {
  from: instantOf(Date.UTC(2020, 5, 24)),
  to: instantOf(Date.UTC(2020, 5, 25)),
};
const pounds = currencies.filter((code) => code === 'GBP');
const always = { from: null, to: null };

const filters: readonly Partial<PaymentFilter>[] = [
  {},
  { text: 'care' },
  { text: 'sheltered transitional hom' },
  { text: 'limited c' },
  { customer: 'Bradford Metropolitan Council' },
  { reference: '2006-00001' },
  { metadata: { organizationName: 'Leeds City Council' } },
  { created: midsummer },
  { currencies: pounds, minAmount: 1_000_000n, maxAmount: 20_000_000n },
  { statuses: ['failed'] },
];
const sorts: readonly Sort[] = (['created', 'updated', 'amount', 'status'] as const).flatMap((by) =>
  [true, false].map((descending) => ({ by, descending })),
);

const LIMIT = 25;
/** Every order of everything, and two of each filter. */
const questions = filters.flatMap((filter, index) =>
  sorts.filter((_, number) => index === 0 || number === 0 || number === 5).map((sort) => [filter, sort] as const),
);

function searchFor(filter: Partial<PaymentFilter>, sort: Sort, more: Partial<SearchPayments> = {}): SearchPayments {
  return {
    type: 'SearchPayments',
    filter: { ...everyPayment, ...filter },
    sort,
    limit: LIMIT,
    cursor: null,
    page: null,
    ...more,
  };
}

interface Opened {
  readonly strategy: Strategy;
  readonly stop: () => Promise<void>;
}

async function open({ env, folder }: Workplace): Promise<Opened> {
  const composition = await compose(loadConfig({ env, cwd: folder }), { background: false, logTo: 'stderr' });
  await composition.start();
  return { strategy: composition.strategy, stop: () => composition.stop() };
}

async function documentsIn(strategy: Strategy): Promise<readonly PaymentDocument[]> {
  const documents = createPaymentDocuments();
  for await (const event of readLog(strategy.log, { organizationId })) documents.apply(event);
  return [...documents.of(organizationId)];
}

const postgres = await startPostgres();
afterAll(() => postgres.stop());

describe.each([
  ['SQLite', async () => ({})],
  ['PostgreSQL', async () => ({ PAYSTRATA_DATABASE_URL: await postgres.createDatabase() })],
])('the Leeds file in %s', (_, settings: () => Promise<Readonly<Record<string, string>>>) => {
  let place: Workplace;
  let opened: Opened;
  let documents: readonly PaymentDocument[];

  beforeAll(async () => {
    place = await createWorkplace(await settings());
    const report = await place.json('import', leedsFile, ...leedsFlags, '--json');
    expect(importReport.parse(report)).toMatchObject(firstImport);
    opened = await open(place);
    documents = await documentsIn(opened.strategy);
    expect(documents).toHaveLength(14_765);
  });
  afterAll(async () => {
    await opened.stop();
    await place.remove();
  });

  it('is searched with the same answers, three pages deep and at page numbers', async () => {
    const { strategy } = opened;
    // The cursors tell how far the log was: what they are good for is compared, not they themselves.
    const source = { organizationId, epoch: strategy.epoch(), position: Number.MAX_SAFE_INTEGER };
    for (const [filter, sort] of questions) {
      const expected = searchDocuments(documents, searchFor(filter, sort, { limit: 3 * LIMIT }), source);
      const pages = [await strategy.read.search(searchFor(filter, sort), context)];
      for (let next = pages[0]?.next ?? null; next !== null && pages.length < 3; next = pages.at(-1)?.next ?? null) {
        pages.push(await strategy.read.search(searchFor(filter, sort, { cursor: next }), context));
      }
      expect(pages.flatMap(idsOf)).toEqual(idsOf(expected));
      expect(pages.at(-1)).toMatchObject({ total: expected.total, hasMore: expected.hasMore });
      const second = await strategy.read.search(searchFor(filter, sort, { page: 2 }), context);
      expect(idsOf(second)).toEqual(idsOf(expected).slice(LIMIT, 2 * LIMIT));
    }
    const [any] = (await strategy.read.search(searchFor({}, { by: 'amount', descending: true }), context)).payments;
    expect(documents.find(({ payment }) => payment.id === any?.payment.id)).toEqual(any);
  });

  it('is counted, analyzed and suggested from with the same answers', async () => {
    const { read } = opened.strategy;
    for (const of of ['created', 'processed'] as const) {
      for (const range of [always, midsummer]) {
        const query = { type: 'PaymentStatistics', range, of } as const;
        expect(await read.statistics(query, context)).toEqual(statisticsOf(documents, query));
      }
    }
    for (const filter of filters) {
      const full = { ...everyPayment, ...filter };
      const query: PaymentAnalytics = {
        type: 'PaymentAnalytics',
        filter: full,
        interval: 'day',
        timezone: 'Europe/London',
      };
      expect(await read.analytics(query, context)).toEqual(analyticsOf(documents, query));
    }
    for (const prefix of ['c', 'care', 'lee', '2006-0001', 'Bradford M', 'x']) {
      const query = { type: 'SuggestPayments', prefix, field: null, limit: 10 } as const;
      expect(await read.suggestions(query, context)).toEqual(suggestFrom(documents, query));
    }
  });
});

function idsOf({ payments }: SearchPage): readonly string[] {
  return payments.map(({ payment }) => payment.id);
}
