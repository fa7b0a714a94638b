// Redis as the second level of the cache.

import type { Logger } from '@paystrata/application';
import { makeRedisClient, type RedisClient } from '../../redis/redis-client.ts';
import type { CacheStore } from './cache-store.ts';

/** Connects at its start, and again whenever the connection is lost; until then every call fails at once. */
export function createRedisStore(url: string, logger: Logger): CacheStore {
  let client: RedisClient | null = null;
  const connected = () => client ?? Promise.reject(new Error('Redis is not connected'));
  return {
    name: 'redis',
    start: async () => {
      const made = await makeRedisClient(url, logger, 'answers go on without it');
      client = made;
      void made.connect().catch((error: unknown) => logger.warn({ error }, 'Redis is not tried any more'));
    },
    stop: async () => {
      if (client?.isOpen === true) client.destroy();
      client = null;
    },
    get: async (key) => (await connected()).get(key),
    set: async (key, value, ttlSeconds) => {
      await (await connected()).set(key, value, { expiration: { type: 'EX', value: ttlSeconds } });
    },
  };
}
