// The one place that loads the PostgreSQL driver, an optional peer.

import type { Pool, PoolConfig } from 'pg';
import { PortFailure } from '@paystrata/application';

const BIGINT = 20;

/**
 * A pool that connects when it is first used. It hands out `bigint` as decimal text, whatever other libraries of this
 * process told the driver to do for everybody.
 *
 * @throws PortFailure `CONFIG_INVALID` where the driver is not installed.
 */
export async function createPool(config: PoolConfig): Promise<Pool> {
  const { default: driver } = await load();
  const asText = (value: string) => value;
  const types: PoolConfig['types'] = {
    getTypeParser: (oid, format) =>
      oid === BIGINT && format !== 'binary' ? asText : driver.types.getTypeParser(oid, format),
  };
  return new driver.Pool({ ...config, types });
}

async function load() {
  try {
    return await import('pg');
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND')) throw cause;
    throw new PortFailure('CONFIG_INVALID', 'a log in PostgreSQL needs the driver pg: run `npm install pg`', { cause });
  }
}
