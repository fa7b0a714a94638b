// The one place that loads the PostgreSQL driver, an optional peer.

import type { Pool, PoolConfig } from 'pg';
import { PortFailure } from '@paystrata/application';

/**
 * A pool that connects when it is first used.
 *
 * @throws PortFailure `CONFIG_INVALID` where the driver is not installed.
 */
export async function createPool(config: PoolConfig): Promise<Pool> {
  const { default: driver } = await load();
  return new driver.Pool(config);
}

async function load() {
  try {
    return await import('pg');
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND')) throw cause;
    throw new PortFailure('CONFIG_INVALID', 'a log in PostgreSQL needs the driver pg: run `npm install pg`', { cause });
  }
}
