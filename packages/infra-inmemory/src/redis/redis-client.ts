// The connection to Redis. The only file that knows the client, which is installed by who wants it.

import { PortFailure, type Logger } from '@paystrata/application';

/** Between attempts to connect, in milliseconds. */
const LONGEST_PAUSE_MS = 500;
/** Commands that wait for an answer at most; further ones fail at once. */
const IN_FLIGHT = 4096;

export type RedisClient = Awaited<ReturnType<typeof makeRedisClient>>;

/**
 * A client that is not connected yet. Without a connection its commands fail at once, and it connects again by itself.
 *
 * @param without what happens while Redis is not there, for the log.
 * @throws PortFailure `CONFIG_INVALID` where the client is not installed.
 */
export async function makeRedisClient(url: string, logger: Logger, without: string) {
  const { createClient } = await loadClient();
  const client = createClient({
    url,
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
    if (problem !== told) logger.warn({ error }, `Redis is not there: ${without}`);
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
