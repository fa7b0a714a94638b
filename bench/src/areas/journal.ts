// Durable commits: our journal, event and state at an expected version, beside the bare driver and beside Emmett.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { createMemoryKeyring, type PaymentStore } from '@paystrata/application';
import { createPostgresStore, createSqliteStore } from '@paystrata/infra-sql';
import { startPostgres } from '@paystrata/test-servers';
import pg from 'pg';
import { compare, type ComparisonResult, type Contender, type Round } from '../harness/compare.ts';
import { creationEntries } from '../harness/entries.ts';

/** Keeps `inFlight` calls under way until `total` are done. */
async function inParallel(total: number, inFlight: number, call: (n: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const worker = async () => {
    while (next < total) await call(next++);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return total;
}

/** Commits of one new payment each. */
function commits(store: PaymentStore, total: number, inFlight: number, after: () => Promise<void>): Round {
  const entries = creationEntries(total);
  return {
    run: () =>
      inParallel(total, inFlight, async (n) => {
        const entry = entries[n];
        if (entry === undefined) throw new Error(`no entry ${n}`);
        const [result] = await store.commit([entry]);
        if (result?.outcome !== 'committed')
          throw new Error(`not committed: ${JSON.stringify(result)}`, { cause: result });
      }),
    dispose: after,
  };
}

function inFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-bench-'));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

function ourSqlite(total: number, inFlight: number): Contender {
  return {
    name: `our journal on SQLite, ${inFlight} in flight`,
    prepare: async () => {
      const { folder, remove } = inFolder();
      const store = createSqliteStore({ path: join(folder, 'journal.db'), keyring: createMemoryKeyring() });
      await store.start();
      return commits(store, total, inFlight, async () => {
        await store.stop();
        remove();
      });
    },
  };
}

/** The same text, inserted by the bare driver, one synced transaction each. */
const rawSqlite: Contender = {
  name: 'node:sqlite, WAL and synchronous=FULL, one insert a transaction',
  prepare: () => {
    const { folder, remove } = inFolder();
    const database = new DatabaseSync(join(folder, 'raw.db'));
    database.exec('pragma journal_mode = wal; pragma synchronous = full');
    database.exec('create table events (position integer primary key, stream text not null, text text not null)');
    const insert = database.prepare('insert into events (stream, text) values (?, ?)');
    const texts = creationEntries(3000).map((entry) => JSON.stringify(entry.events, bigintAsText));
    return {
      run: () => {
        for (const text of texts) insert.run(randomUUID(), text);
        return texts.length;
      },
      dispose: () => {
        database.close();
        remove();
      },
    };
  },
};

function bigintAsText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

type Database = () => Promise<string>;

function ourPostgres(database: Database, total: number, inFlight: number): Contender {
  return {
    name: `our journal on PostgreSQL, ${inFlight} in flight`,
    prepare: async () => {
      const store = createPostgresStore({ url: await database(), keyring: createMemoryKeyring() });
      await store.start();
      return commits(store, total, inFlight, () => store.stop());
    },
  };
}

function rawPostgres(database: Database, total: number, inFlight: number): Contender {
  return {
    name: `pg, pool of 16, one insert a round trip, ${inFlight} in flight`,
    prepare: async () => {
      const pool = new pg.Pool({ connectionString: await database(), max: 16 });
      await pool.query(
        'create table events (position bigserial primary key, stream text not null, text text not null)',
      );
      const texts = creationEntries(total).map((entry) => JSON.stringify(entry.events, bigintAsText));
      const insert = 'insert into events (stream, text) values ($1, $2)';
      return {
        run: () =>
          inParallel(total, inFlight, (n) =>
            pool.query({ name: 'insert', text: insert, values: [randomUUID(), texts[n]] }),
          ),
        dispose: () => pool.end(),
      };
    },
  };
}

function emmett(database: Database, total: number, inFlight: number): Contender {
  return {
    name: `Emmett 0.42, bare append, ${inFlight} in flight`,
    prepare: async () => {
      const store = getPostgreSQLEventStore(await database());
      await store.schema.migrate();
      return {
        run: () =>
          inParallel(total, inFlight, (n) =>
            store.appendToStream(`payment-${randomUUID()}`, [
              { type: 'PaymentCreated', data: { amount: String(n), currency: 'EUR', description: 'a bill' } },
            ]),
          ),
        dispose: () => store.close(),
      };
    },
  };
}

export async function benchJournal(): Promise<readonly ComparisonResult[]> {
  const results: ComparisonResult[] = [];
  const unit = 'commits';
  for (const [inFlight, total] of [
    [1, 3000],
    [32, 20_000],
    [256, 40_000],
  ] as const) {
    const title = `SQLite, ${inFlight} in flight`;
    results.push(await compare({ title, unit, contenders: [ourSqlite(total, inFlight), rawSqlite], rounds: 5 }));
  }
  await using server = await startPostgres({ own: true });
  const database = () => server.createDatabase();
  for (const [inFlight, total, peers] of [
    [32, 20_000, 2000],
    [256, 40_000, 2000],
  ] as const) {
    const contenders = [
      ourPostgres(database, total, inFlight),
      rawPostgres(database, total, inFlight),
      emmett(database, peers, inFlight),
    ] as const;
    results.push(await compare({ title: `PostgreSQL, ${inFlight} in flight`, unit, contenders, rounds: 5 }));
  }
  return results;
}
