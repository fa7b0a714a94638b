// Durable commits: event and state at an expected version, beside the bare drivers and beside Emmett.

import { startPostgres } from '@paystrata/test-servers';
import { compare, type ComparisonResult } from '../harness/compare.ts';
import {
  openPostgres,
  openSqlite,
  ourBatches,
  ourJournal,
  ourStore,
  ourStreams,
  wholeCommand,
} from './journal-contenders.ts';
import { emmett, rawPostgres, rawPostgresBatches, rawSqlite, type Database } from './journal-peers.ts';

const unit = 'commits';
const rounds = 5;
const BATCH = 500;
const streamLoad = { total: 20_000, inFlight: 20 };

export async function benchJournal(): Promise<readonly ComparisonResult[]> {
  const results: ComparisonResult[] = [];
  for (const [inFlight, total] of [
    [1, 3000],
    [32, 20_000],
    [256, 40_000],
  ] as const) {
    const load = { total, inFlight };
    const contenders = [ourJournal(openSqlite, load), ourStore(openSqlite, load), rawSqlite(3000)] as const;
    results.push(await compare({ title: `SQLite, ${inFlight} in flight`, unit, contenders, rounds }));
  }
  const batches = [ourBatches(openSqlite, 20_000, BATCH), rawSqlite(20_000, BATCH)] as const;
  results.push(await compare({ title: `SQLite, batches of ${BATCH}`, unit, contenders: batches, rounds }));
  const streams = [ourStreams(openSqlite, streamLoad, 1000), ourStreams(openSqlite, streamLoad, 1)] as const;
  results.push(await compare({ title: 'SQLite, long streams beside new ones', unit, contenders: streams, rounds }));

  await using server = await startPostgres({ own: true });
  results.push(...(await benchPostgres(() => server.createDatabase())));
  return results;
}

async function benchPostgres(database: Database): Promise<readonly ComparisonResult[]> {
  const open = openPostgres(database);
  const results: ComparisonResult[] = [];
  for (const [inFlight, total] of [
    [32, 20_000],
    [256, 40_000],
  ] as const) {
    const load = { total, inFlight };
    const peers = [rawPostgres(database, load), emmett(database, { total: 2000, inFlight })] as const;
    const contenders = [ourJournal(open, load), ourStore(open, load), ...peers] as const;
    results.push(await compare({ title: `PostgreSQL, ${inFlight} in flight`, unit, contenders, rounds }));
  }
  const load = { total: 10_000, inFlight: 32 };
  const command = [wholeCommand(open, load), ourStore(open, load), ourJournal(open, load)] as const;
  results.push(await compare({ title: 'PostgreSQL, the whole command', unit, contenders: command, rounds }));
  const batches = [ourBatches(open, 20_000, BATCH), rawPostgresBatches(database, 20_000, BATCH)] as const;
  results.push(await compare({ title: `PostgreSQL, batches of ${BATCH}`, unit, contenders: batches, rounds }));
  const streams = [ourStreams(open, streamLoad, 1000), ourStreams(open, streamLoad, 1)] as const;
  results.push(await compare({ title: 'PostgreSQL, long streams beside new ones', unit, contenders: streams, rounds }));
  return results;
}
