// Reads in SQLite over a hundred times as many payments.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring, everyPayment, type ReadContext, type SearchPayments } from '@paystrata/application';
import { createSqliteStore, SqliteReads, type SqlReads } from '@paystrata/infra-sql';
import type { PaymentId } from '@paystrata/domain';
import { compare, type ComparisonResult, type Contender } from '../harness/compare.ts';
import { creationEntries } from '../harness/entries.ts';
import { built, committed, contextOf, filled, readsOf } from '../harness/projected-reads.ts';

export async function benchReadsGrowth(): Promise<readonly ComparisonResult[]> {
  const opened: Grown[] = [];
  for (const size of [1_000_000, 10_000]) opened.push(await openGrown(size));
  try {
    const of = (title: string, ask: (grown: Grown) => Promise<unknown>) => {
      const [large, small] = opened.map((grown) => asking(`${title} of ${grown.size} payments`, grown, ask));
      if (large === undefined || small === undefined) throw new Error('there are two sizes');
      return compare({ title: `reads in SQLite as they grow: ${title}`, unit: 'reads', contenders: [large, small] });
    };
    return [
      await of('a payment by its id', ({ reads, context, paymentId }) =>
        reads.read.get({ type: 'GetPayment', paymentId, asOf: null }, context),
      ),
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
  readonly paymentId: PaymentId;
  readonly close: () => Promise<void>;
}

/** All at once would take more memory than there is. */
const AT_ONCE = 10_000;

async function openGrown(size: number): Promise<Grown> {
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-bench-'));
  const keyring = createMemoryKeyring();
  const some = creationEntries(AT_ONCE);
  const store = await filled(createSqliteStore({ path: join(folder, 'journal.db'), keyring }), some);
  for (let made = AT_ONCE; made < size; made += AT_ONCE) await committed(store, creationEntries(AT_ONCE));
  const reads = readsOf(store, new SqliteReads({ path: join(folder, 'reads.db') }));
  await reads.start();
  const context = contextOf(some[0]);
  await built(reads, context, size);
  const { next } = await reads.read.search({ ...newest, limit: 100, page: size / 200 }, context);
  const close = async () => {
    await reads.stop();
    await store.stop();
    rmSync(folder, { recursive: true });
  };
  const paymentId = some[0]?.paymentId;
  if (paymentId === undefined) throw new Error('there are payments');
  return { size, reads, context, cursor: next, paymentId, close };
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
