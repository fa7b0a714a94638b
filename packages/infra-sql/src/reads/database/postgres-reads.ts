// The read models in PostgreSQL, in a schema of their own that a dump can leave out.

import type { Pool, PoolClient } from 'pg';
import { PortFailure } from '@paystrata/application';
import { createPool } from '../../postgres/driver.ts';
import { isConnectionLost, openFailure, postgresFailure } from '../../postgres/postgres-failures.ts';
import type { Row } from '../../rows.ts';
import type { ReadsDatabase, ReadsSession, RowChange, Statement } from './reads-database.ts';
import { baseType, columnsOf, createStatements, onConflict, postgresWords } from './schema-statements.ts';
import { nameIn, type Table } from './table.ts';

export interface PostgresReadsOptions {
  readonly url: string;
  /** Connections of this process at most; 5 where absent. */
  readonly poolSize?: number;
  /** How long to wait for a connection, and for the answer to a statement; 15 s where absent. */
  readonly timeoutMs?: number;
}

/**
 * A process that stops in the middle holds others up no longer than two seconds, well below the five that a read waits for
 * its position. One that only was slow finds its transaction gone, and projects the same events again.
 */
const beginWrite = `begin; set local synchronous_commit = off; set local idle_in_transaction_session_timeout = '2s'`;
const beginRead = 'begin isolation level repeatable read read only';

export class PostgresReads implements ReadsDatabase {
  readonly dialect = 'postgres';
  readonly #options: Required<PostgresReadsOptions>;
  #pool: Pool | null = null;

  constructor({ url, poolSize = 5, timeoutMs = 15_000 }: PostgresReadsOptions) {
    this.#options = { url, poolSize, timeoutMs };
  }

  async open(): Promise<void> {
    const { url, poolSize, timeoutMs } = this.#options;
    const pool = await createPool({
      connectionString: url,
      max: poolSize,
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
      application_name: 'paystrata-reads',
    });
    this.#pool = pool;
    try {
      await this.transaction(async (session) => {
        // The number is any that nobody else in the database uses for a lock: the letters "paysr".
        await session.all({ sql: 'select pg_advisory_xact_lock($1)', parameters: [0x7061797372] });
        await session.all({ sql: 'create schema if not exists paystrata_reads', parameters: [] });
      });
    } catch (error) {
      await this.close();
      throw openFailure(error);
    }
  }

  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = null;
    await pool?.end();
  }

  snapshot<T>(work: (session: ReadsSession) => Promise<T>): Promise<T> {
    return this.#inTransaction(beginRead, work);
  }

  transaction<T>(work: (session: ReadsSession) => Promise<T>): Promise<T> {
    return this.#inTransaction(beginWrite, work);
  }

  async optimize(): Promise<void> {
    const client = await this.#connect();
    try {
      const { rows } = await client.query<{ name: string }>(
        `select quote_ident(tablename) as name from pg_catalog.pg_tables where schemaname = 'paystrata_reads'`,
      );
      for (const { name } of rows) await client.query(`vacuum (analyze) paystrata_reads.${name}`);
    } catch (error) {
      throw postgresFailure(error);
    } finally {
      client.release();
    }
  }

  async #inTransaction<T>(begin: string, work: (session: ReadsSession) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    let broken = false;
    try {
      await client.query(begin);
      const result = await work(new PostgresSession(client));
      await client.query('commit');
      return result;
    } catch (error) {
      // A connection whose state is not known is closed, which also ends what it still does.
      broken = isConnectionLost(error) || !(await rolledBack(client));
      throw postgresFailure(error);
    } finally {
      client.release(broken);
    }
  }

  async #connect(): Promise<PoolClient> {
    if (this.#pool === null) {
      throw new PortFailure('STORE_UNAVAILABLE', 'the read models in PostgreSQL are not open', { retryable: false });
    }
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw postgresFailure(error);
    }
  }
}

async function rolledBack(client: PoolClient): Promise<boolean> {
  return client.query('rollback').then(
    () => true,
    () => false,
  );
}

class PostgresSession implements ReadsSession {
  readonly #client: PoolClient;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  async all({ sql, parameters }: Statement): Promise<readonly Row[]> {
    return (await this.#client.query<Row>(sql, [...parameters])).rows;
  }

  /** One array a column: the text of the statement is the same for any number of rows. */
  async change(change: RowChange, generation: number): Promise<void> {
    if (change.rows.length === 0) return;
    const columns = columnsOf(change);
    const name = nameIn(generation, change.table.name);
    const table = `${postgresWords.schema}${name}`;
    const arrays = columns.map((column, index) => {
      const type = change.table.columns[column] ?? 'text';
      return `$${index + 1}::${baseType(type)}[]`;
    });
    const given = `unnest(${arrays.join(', ')})`;
    const sql =
      change.way === 'remove'
        ? `delete from ${table} using ${given} as given (${columns.join(', ')})
            where ${columns.map((column) => `${name}.${column} = given.${column}`).join(' and ')}`
        : `insert into ${table} (${columns.join(', ')}) select * from ${given} ${onConflict(change, name)}`;
    await this.#client.query(
      sql,
      columns.map((column) => change.rows.map((row) => row[column])),
    );
  }

  async removeEmpty({ name }: Table, generation: number): Promise<void> {
    await this.#client.query(`delete from ${postgresWords.schema}${nameIn(generation, name)} where count = 0`);
  }

  async createTables(tables: readonly Table[], generation: number): Promise<void> {
    for (const table of tables) {
      for (const sql of createStatements(table, generation, postgresWords)) await this.#client.query(sql);
    }
  }

  async dropTables(tables: readonly string[], generation: number): Promise<void> {
    for (const table of tables) {
      await this.#client.query(`drop table if exists ${postgresWords.schema}${nameIn(generation, table)}`);
    }
  }
}
