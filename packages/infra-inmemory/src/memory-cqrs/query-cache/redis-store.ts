// Redis as the second level of the cache. The only file that knows the client, which is installed by who wants it.

import { PortFailure, type Logger } from '@paystrata/application';
import type { CacheStore } from './cache-store.ts';

/** Between attempts to connect, in milliseconds. */
const LONGEST_PAUSE_MS = 500;
/** Commands that wait for an answer at most; further ones fail at once. */
const IN_FLIGHT = 4096;

/** Connects at its start, and again whenever the connection is lost; until then every call fails at once. */
export function createRedisStore(url: string, logger: Logger): CacheStore {
  let client: Awaited<ReturnType<typeof makeClient>> | null = null;
  const connected = () => client ?? Promise.reject(new Error('Redis is not connected'));
  return {
    name: 'redis',
    start: async () => {
      const made = await makeClient(url, logger);
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

async function makeClient(url: string, logger: Logger) {
  const { createClient } = await loadClient();
  const client = createClient({
    url,
    // Without a connection a command fails at once: nobody waits for a cache.
    disableOfflineQueue: true,
    commandsQueueMaxLength: IN_FLIGHT,
    socket: {
      connectTimeout: 1000,
      reconnectStrategy: (retries) => Math.min(20 * 2 ** Math.min(retries, 10), LONGEST_PAUSE_MS),
    },
  });
  let told = '';
  client.on('error', (error: unknown) => {
    const problem = error instanceof Error ? error.message : String(error);
    if (problem !== told) logger.warn({ error }, 'Redis is not there; answers go on without it');
    told = problem;
  });
  client.on('ready', () => {
    told = '';
  });
  return client;
}

async function loadClient() {
  try {
    return await import('redis');
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing) throw cause;
    throw new PortFailure('CONFIG_INVALID', 'PAYSTRATA_REDIS_URL needs redis: run `npm install redis`', { cause });
  }
}
