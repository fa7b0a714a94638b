// Reads in SQL: building the tables anew beside a raw loop and beside Emmett's rebuild, and asking them as they grow.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createMemoryKeyring, type PaymentStore, type ReadContext } from '@paystrata/application';
import {
  createPostgresStore,
  createSqliteStore,
  PostgresReads,
  SqliteReads,
  type ReadsDatabase,
} from '@paystrata/infra-sql';
import { startPostgres } from '@paystrata/test-servers';
import { compare, type ComparisonResult, type Contender } from '../harness/compare.ts';
import { creationEntries } from '../harness/entries.ts';
import { built, contextOf, filled, readsOf } from '../harness/projected-reads.ts';
import { emmettRebuild } from '../peers/emmett-rebuild.ts';

const EVENTS = 4000;
/** Its appends take a round trip each. */
const RIVAL_EVENTS = 1000;

function ours(
  name: string,
  store: PaymentStore,
  context: ReadContext,
  count: number,
  database: () => Database,
): Contender {
  return {
    name,
    prepare: () => {
      const { reads, remove } = database();
      const projected = readsOf(store, reads);
      return {
        run: async () => {
          await projected.start();
          return built(projected, context, count);
        },
        dispose: async () => {
          await projected.stop();
          remove();
        },
      };
    },
  };
}

interface Database {
  readonly reads: ReadsDatabase;
  readonly remove: () => void;
}

function sqliteFile(): Database {
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-bench-'));
  return {
    reads: new SqliteReads({ path: join(folder, 'reads.db') }),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** What somebody would write who needs documents only: no search, no sums, no tokens. */
function rawLoop(store: PaymentStore): Contender {
  return {
    name: 'a loop over the log that stores each payment as JSON by its id, 500 a transaction',
    prepare: () => {
      const folder = mkdtempSync(join(tmpdir(), 'paystrata-bench-'));
      const database = new DatabaseSync(join(folder, 'raw.db'));
      database.exec('pragma journal_mode = wal; pragma synchronous = normal');
      database.exec('create table payments (id text primary key, document text not null)');
      const put = database.prepare('insert or replace into payments (id, document) values (?, ?)');
      return {
        run: async () => {
          let count = 0;
          for (let from: number | null = null, end = false; !end;) {
            const page = await store.readAll({ direction: 'forward', from, limit: 500 });
            database.exec('begin');
            for (const event of page.events) put.run(event.paymentId, JSON.stringify(event.data, bigintAsText));
            database.exec('commit');
            count += page.events.length;
            [from, end] = [page.next, page.end];
          }
          return count;
        },
        dispose: () => {
          database.close();
          rmSync(folder, { recursive: true });
        },
      };
    },
  };
}

function bigintAsText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

export async function benchReads(): Promise<readonly ComparisonResult[]> {
  const entries = creationEntries(EVENTS);
  const context = contextOf(entries[0]);
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-bench-'));
  const server = await startPostgres();
  const embedded = await filled(
    createSqliteStore({ path: join(folder, 'journal.db'), keyring: createMemoryKeyring() }),
    entries,
  );
  try {
    const url = await server.createDatabase();
    const few = entries.slice(0, RIVAL_EVENTS);
    const remote = await filled(createPostgresStore({ url, keyring: createMemoryKeyring() }), few);
    const results = [
      await compare({
        title: 'building the read model in SQLite',
        unit: 'events',
        contenders: [ours('our projector: all queries', embedded, context, EVENTS, sqliteFile), rawLoop(embedded)],
      }),
      await compare({
        title: 'building the read model in PostgreSQL',
        unit: 'events',
        rounds: 5,
        contenders: [await oursAnew(remote, url, context), emmettRebuild(() => server.createDatabase(), RIVAL_EVENTS)],
      }),
    ];
    await remote.stop();
    return results;
  } finally {
    await embedded.stop();
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

/** The second time around: new tables beside the old ones, verified before they take their place. */
async function oursAnew(store: PaymentStore, url: string, context: ReadContext): Promise<Contender> {
  return {
    name: 'our rebuild: all queries, verified',
    prepare: async () => {
      const reads = readsOf(store, new PostgresReads({ url }));
      await reads.start();
      await built(reads, context, RIVAL_EVENTS);
      return {
        run: async () => (await reads.maintenance.run('rebuild', { kind: 'all' })).checked,
        dispose: () => reads.stop(),
      };
    },
  };
}
