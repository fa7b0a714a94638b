// Reads in SQLite over ten times as many payments.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring, everyPayment, type ReadContext, type SearchPayments } from '@paystrata/application';
import { createSqliteStore, SqliteReads, type SqlReads } from '@paystrata/infra-sql';
import { compare, type ComparisonResult, type Contender } from '../harness/compare.ts';
import { creationEntries } from '../harness/entries.ts';
import { built, contextOf, filled, readsOf } from '../harness/projected-reads.ts';

export async function readsGrowth(): Promise<readonly ComparisonResult[]> {
  const sizes = [100_000, 10_000];
  const opened = await Promise.all(sizes.map(openGrown));
  try {
    const of = (title: string, ask: (grown: Grown) => Promise<unknown>) => {
      const [large, small] = opened.map((grown) => asking(`${title} of ${grown.size} payments`, grown, ask));
      if (large === undefined || small === undefined) throw new Error('there are two sizes');
      return compare({ title: `reads in SQLite as they grow: ${title}`, unit: 'reads', contenders: [large, small] });
    };
    return [
      await of('the first page', ({ reads, context }) => reads.read.search(newest, context)),
      await of('a page in the middle', ({ reads, context, cursor }) =>
        reads.read.search({ ...newest, cursor }, context),
      ),
      await of('statistics in all', ({ reads, context, size }) => built(reads, context, size)),
    ];
  } finally {
    for (const { close } of opened) await close();
  }
}

const newest: SearchPayments = {
  ...{ type: 'SearchPayments', filter: everyPayment, limit: 20, cursor: null, page: null },
  sort: { by: 'created', descending: true },
};

interface Grown {
  readonly size: number;
  readonly reads: SqlReads;
  readonly context: ReadContext;
  readonly cursor: string | null;
  readonly close: () => Promise<void>;
}

async function openGrown(size: number): Promise<Grown> {
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-bench-'));
  const entries = creationEntries(size);
  const keyring = createMemoryKeyring();
  const store = await filled(createSqliteStore({ path: join(folder, 'journal.db'), keyring }), entries);
  const reads = readsOf(store, new SqliteReads({ path: join(folder, 'reads.db') }));
  await reads.start();
  const context = contextOf(entries[0]);
  await built(reads, context, size);
  const { next } = await reads.read.search({ ...newest, limit: 100, page: size / 200 }, context);
  const close = async () => {
    await reads.stop();
    await store.stop();
    rmSync(folder, { recursive: true });
  };
  return { size, reads, context, cursor: next, close };
}

function asking(name: string, grown: Grown, ask: (grown: Grown) => Promise<unknown>): Contender {
  return {
    name,
    prepare: () => ({
      run: async () => {
        for (let turn = 0; turn < 50; turn += 1) await ask(grown);
        return 50;
      },
    }),
  };
}
