// The one place that loads the PostgreSQL driver, an optional peer.

import type { Pool, PoolConfig } from 'pg';
import { PortFailure } from '@paystrata/application';

/**
 * A pool that connects when it is first used. What it hands out is our own: `bigint` is decimal text, everything that is
 * not named below is the server's text, whatever other libraries of this process told the driver to do for everybody.
 *
 * @throws PortFailure `CONFIG_INVALID` where the driver is not installed.
 */
export async function createPool(config: PoolConfig): Promise<Pool> {
  const { default: driver } = await load();
  const types: PoolConfig['types'] = { getTypeParser: (type: number) => parsers.get(type) ?? asText };
  const pool = new driver.Pool({ ...config, keepAlive: true, types });
  // A connection that breaks is also reported by what is sent over it next, or dropped by the pool.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const asText = (value: string): unknown => value;

/** By the number of the type (https://github.com/postgres/postgres/blob/REL_18_0/src/include/catalog/pg_type.dat). */
const parsers = new Map<number, (value: string) => unknown>([
  [16, (value) => value === 't'],
  [17, (value) => Buffer.from(value.slice(2), 'hex')],
  [21, Number],
  [23, Number],
]);

async function load() {
  try {
    return await import('pg');
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND')) throw cause;
    throw new PortFailure('CONFIG_INVALID', 'a log in PostgreSQL needs the driver pg: run `npm install pg`', { cause });
  }
}
