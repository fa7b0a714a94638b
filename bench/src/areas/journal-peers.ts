// What our journal is measured beside: the bare drivers, and Emmett.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import type { Contender } from '../harness/compare.ts';
import { creationEntries } from '../harness/entries.ts';
import { at, inBatches, inParallel, type Load, type Run } from './journal-load.ts';

/** Makes an empty database on the server. */
export type Database = () => Promise<string>;

/** The same text, inserted by the bare driver, so many a synced transaction. */
export function rawSqlite(total: number, size = 1): Contender {
  return {
    name: `node:sqlite, WAL and synchronous=FULL, inserts alone, ${size} a transaction`,
    prepare: () => {
      const folder = mkdtempSync(join(tmpdir(), 'paystrata-bench-'));
      const database = new DatabaseSync(join(folder, 'raw.db'));
      database.exec('pragma journal_mode = wal; pragma synchronous = full');
      database.exec('create table events (position integer primary key, stream text not null, text text not null)');
      const insert = database.prepare('insert into events (stream, text) values (?, ?)');
      const texts = eventTexts(total);
      return {
        run: () =>
          inBatches(total, size, async (from, to) => {
            if (size > 1) database.exec('begin immediate');
            for (const text of texts.slice(from, to)) insert.run(randomUUID(), text);
            if (size > 1) database.exec('commit');
          })(),
        dispose: () => {
          database.close();
          rmSync(folder, { recursive: true });
        },
      };
    },
  };
}

export function rawPostgres(database: Database, load: Load): Contender {
  return rawPool(`pg, pool of 16, one insert a round trip, ${load.inFlight} in flight`, database, (pool) => {
    const texts = eventTexts(load.total);
    const insert = { name: 'insert', text: 'insert into events (stream, text) values ($1, $2)' };
    return inParallel(load, (n) => pool.query({ ...insert, values: [randomUUID(), at(texts, n)] }));
  });
}

export function rawPostgresBatches(database: Database, total: number, size: number): Contender {
  return rawPool(`pg, one insert of ${size} rows by unnest a round trip`, database, (pool) => {
    const texts = eventTexts(total);
    const text = 'insert into events (stream, text) select * from unnest($1::text[], $2::text[])';
    return inBatches(total, size, (from, to) => {
      const part = texts.slice(from, to);
      return pool.query({ name: 'insert', text, values: [part.map(() => randomUUID()), part] });
    });
  });
}

export function emmett(database: Database, load: Load): Contender {
  return {
    name: `Emmett 0.42, bare append, ${load.inFlight} in flight`,
    prepare: async () => {
      const store = getPostgreSQLEventStore(await database());
      await store.schema.migrate();
      const data = (n: number) => ({ amount: String(n), currency: 'EUR', description: 'a bill' });
      return {
        run: inParallel(load, (n) =>
          store.appendToStream(`payment-${randomUUID()}`, [{ type: 'PaymentCreated', data: data(n) }]),
        ),
        dispose: () => store.close(),
      };
    },
  };
}

function rawPool(name: string, database: Database, work: (pool: pg.Pool) => Run): Contender {
  return {
    name,
    prepare: async () => {
      const pool = new pg.Pool({ connectionString: await database(), max: 16 });
      await pool.query(
        'create table events (position bigserial primary key, stream text not null, text text not null)',
      );
      return { run: work(pool), dispose: () => pool.end() };
    },
  };
}

function eventTexts(count: number): readonly string[] {
  return creationEntries(count).map(({ events }) => JSON.stringify(events, bigintAsText));
}

function bigintAsText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
