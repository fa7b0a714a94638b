// A PostgreSQL database through a pool of connections, none of which is waited for longer than a deadline.

import type { Pool, PoolClient, QueryConfig } from 'pg';
import { PortFailure } from '@paystrata/application';
import type { Row } from '../rows.ts';
import { createPool } from './driver.ts';
import { commitFailure, isConnectionLost, openFailure, postgresFailure } from './postgres-failures.ts';

export interface PostgresDatabaseOptions {
  readonly url: string;
  /** Connections of this process at most. */
  readonly poolSize: number;
  /** How long to wait for a connection, and for the answer to a statement, in milliseconds. */
  readonly timeoutMs: number;
}

export class PostgresDatabase {
  readonly #pool: Pool;
  readonly #timeoutMs: number;

  private constructor(pool: Pool, timeoutMs: number) {
    this.#pool = pool;
    this.#timeoutMs = timeoutMs;
  }

  /** @throws PortFailure as `prepare` does; `STORE_UNAVAILABLE` where the database cannot be reached or used. */
  static async open(
    { url, poolSize, timeoutMs }: PostgresDatabaseOptions,
    prepare: (client: PoolClient) => Promise<void>,
  ): Promise<PostgresDatabase> {
    const pool = await createPool({
      connectionString: url,
      max: poolSize,
      connectionTimeoutMillis: timeoutMs,
      application_name: 'paystrata',
    });
    const database = new PostgresDatabase(pool, timeoutMs);
    try {
      await database.#use(prepare);
    } catch (error) {
      await pool.end();
      throw openFailure(error);
    }
    return database;
  }

  /** A statement that may be sent again: once more on a new connection, where the first one was lost. */
  async read(query: QueryConfig): Promise<readonly Row[]> {
    try {
      return await this.#query(query);
    } catch (error) {
      if (!isConnectionLost(error)) throw postgresFailure(error);
    }
    try {
      return await this.#query(query);
    } catch (error) {
      throw postgresFailure(error);
    }
  }

  /**
   * One statement that is a transaction, as one message.
   *
   * @throws PortFailure `OUTCOME_UNKNOWN` where its answer was lost; any other code where it did nothing.
   */
  async commit(text: string): Promise<readonly Row[]> {
    const client = await this.#connect();
    return this.#with(client, async () => (await client.query<Row>(text)).rows, commitFailure);
  }

  /** Waits for what is in flight; a second call does nothing. */
  async close(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end();
  }

  #query(query: QueryConfig): Promise<readonly Row[]> {
    return this.#use(async (client) => (await client.query<Row>(query)).rows);
  }

  async #use<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    return this.#with(
      client,
      () => work(client),
      (error) => error,
    );
  }

  /** Nothing was sent when this fails. */
  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw postgresFailure(error);
    }
  }

  async #with<T>(client: PoolClient, work: () => Promise<T>, failureOf: (error: unknown) => unknown): Promise<T> {
    try {
      const result = await this.#inTime(work());
      client.release();
      return result;
    } catch (error) {
      // A connection whose state is not known is closed, which also ends what it still does.
      client.release(isConnectionLost(error));
      throw failureOf(error);
    }
  }

  #inTime<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const late = () => reject(new Error(`no answer within ${this.#timeoutMs} ms`));
      const timer = setTimeout(late, this.#timeoutMs);
      work.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}

/** For the time after `close`. */
export function closedDatabase(): PortFailure {
  return new PortFailure('STORE_UNAVAILABLE', 'the connection to PostgreSQL is not open', { retryable: false });
}
