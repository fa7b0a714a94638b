// Searches over payments in memory: our index beside a linear filter and sort, SQLite in memory, FTS5 and MiniSearch.

import {
  everyPayment,
  paymentTokens,
  searchDocuments,
  type OrganizationId,
  type PaymentDocument,
  type PaymentStatistics,
  type SearchPage,
  type SearchSource,
} from '@paystrata/application';
import { createPaymentIndex, type PaymentIndex } from '@paystrata/infra-inmemory';
import MiniSearch from 'minisearch';
import { instantOf, statisticsOf } from '@paystrata/application';
import { paymentDocuments, YEAR_BEGIN, YEAR_MS, type PaymentData } from '../data/payments.ts';
import { createRandom } from '../data/random.ts';
import { compare, type ComparisonResult, type Contender } from '../harness/compare.ts';
import { latencyOf, measureLatency, reportLatencies, type LatencyRow } from '../harness/latency.ts';
import { SqliteSearch } from '../peers/sqlite-search.ts';
import { analyticsLatencies } from './analytics-latencies.ts';
import { searchMix, type MixedSearch } from './search-mix.ts';

/** `BENCH_PAYMENTS=10000,100000` measures these sizes only. */
const sizes = (process.env['BENCH_PAYMENTS'] ?? '10000,100000,1000000').split(',').map(Number);
/** One, and 10,000 by Zipf's law; `BENCH_ORGANIZATIONS=1` measures the one only. */
const ORGANIZATIONS = (process.env['BENCH_ORGANIZATIONS'] ?? '1,10000').split(',').map(Number);
const MIX = 3400;
/** A linear search of a million payments takes a second: it is asked less, and so are we beside it. */
const LINEAR_MIX = 17;
/** SQLite takes seconds for some of the searches of a million payments. */
const SQLITE_MIX = 340;
/** Texts are two kinds out of all. */
const TEXTS = 40;

interface World {
  readonly data: PaymentData;
  readonly documents: readonly PaymentDocument[];
  readonly byOrganization: ReadonlyMap<OrganizationId, readonly PaymentDocument[]>;
  readonly index: PaymentIndex;
  readonly mix: readonly MixedSearch[];
}

function open(data: PaymentData): World {
  const documents = [...paymentDocuments(data)];
  const index = createPaymentIndex();
  index.rebuild(documents);
  const byOrganization = Map.groupBy(documents, ({ payment }) => payment.organizationId);
  return { data, documents, byOrganization, index, mix: searchMix(documents, MIX) };
}

export async function benchSearch(): Promise<readonly ComparisonResult[]> {
  const results: ComparisonResult[] = [];
  for (const payments of sizes) {
    for (const organizations of ORGANIZATIONS) {
      const world = open({ payments, organizations });
      const title = `${payments.toLocaleString('en-US')} payments of ${organizations.toLocaleString('en-US')}`;
      results.push(...(await compareAll(world, title)));
      reportLatencies(`search-${payments}-${organizations}`, `our index, ${title}`, latencies(world));
    }
  }
  return results;
}

async function compareAll(world: World, title: string): Promise<readonly ComparisonResult[]> {
  const { mix, documents, data } = world;
  const sqlite = new SqliteSearch(documents, data.organizations === 1);
  // FTS5 looks through the texts of all organizations, so it is compared where there is only one.
  const asked = mix.slice(0, SQLITE_MIX);
  const comparable = data.organizations === 1 ? asked : asked.filter(({ query }) => query.filter.text === null);
  const plain = comparable.filter(({ query }) => query.filter.text === null);
  const texts = comparable.filter(({ query }) => query.filter.text !== null).slice(0, TEXTS);
  requireEqual(world, sqlite, comparable);
  const few = plain.slice(0, LINEAR_MIX);
  const results = [
    await compare({
      title: `filters and sorted page, ${title}`,
      unit: 'searches',
      contenders: [ours(world, few), linear(world, few)],
      rounds: 5,
    }),
    await compare({
      title: `the same, ${title}`,
      unit: 'searches',
      contenders: [ours(world, plain), inSqlite(sqlite, plain)],
      rounds: 5,
    }),
  ];
  if (texts.length > 0) {
    const peers = [inSqlite(sqlite, texts, 'SQLite FTS5 in memory'), ...inMiniSearch(world, texts)];
    results.push(
      await compare({
        title: `text, ${title}`,
        unit: 'searches',
        contenders: [ours(world, texts), ...peers],
        rounds: 5,
      }),
    );
  }
  sqlite.close();
  return results;
}

function ours({ index, documents }: World, mix: readonly MixedSearch[]): Contender {
  return contender('our index', mix, ({ organizationId, query }) =>
    index.search(query, about(organizationId, documents)),
  );
}

function linear({ byOrganization, documents }: World, mix: readonly MixedSearch[]): Contender {
  return contender('linear filter and sort', mix, ({ organizationId, query }) =>
    searchDocuments(byOrganization.get(organizationId) ?? [], query, about(organizationId, documents)),
  );
}

function inSqlite(
  sqlite: SqliteSearch,
  mix: readonly MixedSearch[],
  name = 'SQLite in memory, same indexes',
): Contender {
  return contender(name, mix, ({ organizationId, query }) => sqlite.search(organizationId, query));
}

/** It ranks as well, and keeps no more than 100,000 payments in reasonable memory. */
function inMiniSearch({ documents }: World, mix: readonly MixedSearch[]): readonly Contender[] {
  if (documents.length > 100_000) return [];
  const search = new MiniSearch<{ readonly id: number; readonly text: string }>({
    fields: ['text'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
  });
  search.addAll(documents.map(({ payment }, id) => ({ id, text: paymentTokens(payment).join(' ') })));
  return [
    contender('MiniSearch, which ranks', mix, ({ query }) => {
      const words = (query.filter.text ?? '').toLowerCase().split(' ');
      return search.search(words.join(' '), { combineWith: 'AND', prefix: (_, at) => at === words.length - 1 });
    }),
  ];
}

function contender(name: string, mix: readonly MixedSearch[], search: (asked: MixedSearch) => unknown): Contender {
  return {
    name,
    prepare: () => ({
      run: () => {
        for (const asked of mix) search(asked);
        return mix.length;
      },
    }),
  };
}

function about(organizationId: OrganizationId, documents: readonly PaymentDocument[]): SearchSource {
  return { organizationId, epoch: 'bench', position: documents.length };
}

/** Nothing is compared that does not answer the same. */
function requireEqual(world: World, sqlite: SqliteSearch, mix: readonly MixedSearch[]): void {
  const { index, documents, byOrganization } = world;
  for (const [number, { kind, organizationId, query }] of mix.entries()) {
    const page = index.search(query, about(organizationId, documents));
    const theirs = sqlite.search(organizationId, query);
    if (JSON.stringify(summary(page)) !== JSON.stringify(theirs))
      throw new Error(`SQLite answers another page: ${kind}`);
    if (number >= LINEAR_MIX * 2) continue;
    const plain = searchDocuments(byOrganization.get(organizationId) ?? [], query, about(organizationId, documents));
    if (JSON.stringify(summary(page)) !== JSON.stringify(summary(plain)) || page.next !== plain.next) {
      throw new Error(`the plain search answers another page: ${kind}`);
    }
  }
}

function summary({ payments, hasMore, total }: SearchPage) {
  return { ids: payments.map(({ payment }) => payment.id), hasMore, total: total.value };
}

function latencies(world: World): readonly LatencyRow[] {
  const { index, documents, mix } = world;
  const searches = mix.map(
    ({ organizationId, query }) =>
      () =>
        index.search(query, about(organizationId, documents)),
  );
  const rows = [measureLatency('the whole mix', searches, searches.length)];
  for (const [kind, asked] of Map.groupBy(mix, (each) => each.kind)) {
    const calls = asked.map(
      ({ organizationId, query }) =>
        () =>
          index.search(query, about(organizationId, documents)),
    );
    rows.push(measureLatency(kind, calls, 20));
  }
  const pages = mix.flatMap(({ organizationId, query }) => {
    const { next } = index.search(query, about(organizationId, documents));
    const following = { ...query, page: null, cursor: next };
    return next === null ? [] : [() => index.search(following, about(organizationId, documents))];
  });
  return [...rows, measureLatency('next page by cursor', pages, 100), ...statisticsLatencies(world)];
}

function statisticsLatencies({ index, documents, byOrganization }: World): readonly LatencyRow[] {
  const [first] = documents;
  if (first === undefined) return [];
  const { organizationId } = first.payment;
  const random = createRandom(3);
  const ask = (of: 'created' | 'processed'): PaymentStatistics => {
    const [from, to] = [random.below(YEAR_MS), random.below(YEAR_MS)].sort((a, b) => a - b);
    const range = { from: instantOf(YEAR_BEGIN + (from ?? 0)), to: instantOf(YEAR_BEGIN + (to ?? 0)) };
    return { type: 'PaymentStatistics', range, of };
  };
  const total: PaymentStatistics = { ...ask('created'), range: everyPayment.created };
  const ranges = Array.from({ length: 500 }, (_, number) => ask(number % 2 === 0 ? 'created' : 'processed'));
  const begun = performance.now();
  statisticsOf(byOrganization.get(organizationId) ?? [], total);
  const recomputed = latencyOf('statistics, recomputed once', [performance.now() - begun]);
  return [
    measureLatency(
      'statistics, total',
      ranges.map(() => () => index.statistics(organizationId, total)),
      100,
    ),
    measureLatency(
      'statistics, range',
      ranges.map((query) => () => index.statistics(organizationId, query)),
      100,
    ),
    recomputed,
    ...analyticsLatencies(index, organizationId),
  ];
}
