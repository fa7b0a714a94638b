// Reads in SQL over a log, for benchmarks.

import { systemClock, type CommitEntry, type PaymentStore, type ReadContext } from '@paystrata/application';
import { createSqlReads, type ReadsDatabase, type SqlReads } from '@paystrata/infra-sql';

export async function filled(store: PaymentStore, entries: readonly CommitEntry[]): Promise<PaymentStore> {
  await store.start();
  await committed(store, entries);
  return store;
}

export async function committed(store: PaymentStore, entries: readonly CommitEntry[]): Promise<void> {
  for (let at = 0; at < entries.length; at += 1000) {
    for (const result of await store.commit(entries.slice(at, at + 1000))) {
      if (result.outcome !== 'committed') throw new Error(`not committed: ${result.outcome}`);
    }
  }
}

export function readsOf(store: PaymentStore, database: ReadsDatabase): SqlReads {
  const source = { readAll: store.readAll.bind(store), epoch: store.epoch.bind(store) };
  return createSqlReads({ source, clock: systemClock, database });
}

export function contextOf(entry: CommitEntry | undefined): ReadContext {
  if (entry === undefined) throw new Error('the benchmark has no payments');
  return { organizationId: entry.organizationId, atLeast: null, timeoutMs: 600_000 };
}

/** Done once statistics count everything. */
export async function built(reads: SqlReads, context: ReadContext, expected: number): Promise<number> {
  const range = { from: null, to: null };
  const { count } = await reads.read.statistics({ type: 'PaymentStatistics', range, of: 'created' }, context);
  if (count !== expected) throw new Error(`${count} payments instead of ${expected}`);
  return count;
}
