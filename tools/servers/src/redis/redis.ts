// A real Redis for tests.

import { join } from 'node:path';
import { type DataFolderOptions, makeDataFolder } from '../process/data-folder.ts';
import { onFreePort } from '../process/on-free-port.ts';
import { type ServerControl, controlGiven, givenBy, startOwn } from '../server-control.ts';
import { redisCommand } from './redis-command.ts';
import { redisProgram } from './redis-program.ts';

/** A server of the user's own. */
export const redisVariable = 'PAYSTRATA_TEST_REDIS_URL';

/** How the server is started. */
export interface RedisOptions extends DataFolderOptions {
  /** Start one of our own even if `PAYSTRATA_TEST_REDIS_URL` gives one: for tests that kill it. Default false. */
  readonly own?: boolean | undefined;
  /** Keep every acknowledged write over `kill9` and `restart` (append-only file, synced). Default: forget all. */
  readonly durable?: boolean | undefined;
  /** More arguments of `redis-server`: `['--maxmemory', '10mb']`. */
  readonly args?: readonly string[] | undefined;
}

/** A running Redis. */
export interface RedisServer extends ServerControl {
  readonly url: string;
}

/**
 * Gives the Redis of `PAYSTRATA_TEST_REDIS_URL`, else starts one on a free port of 127.0.0.1 in some milliseconds.
 * A given one is shared with others: keep to keys of your own. Resolves when it answers a PING.
 * @throws ServerProgramMissing, ServerStartFailed
 */
export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const given = givenBy(redisVariable, options.own);
  if (given !== undefined) return useGiven(given);
  const command = await redisProgram();
  const folder = makeDataFolder('redis', options);
  const durability = options.durable === true ? ['--appendonly', 'yes', '--appendfsync', 'always'] : [];
  try {
    return await onFreePort(async (port) => {
      const url = `redis://127.0.0.1:${port}`;
      const listening = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder.path, '--save', ''];
      const control = await startOwn(
        {
          name: 'Redis',
          command,
          args: [...listening, ...durability, ...(options.args ?? [])],
          folder: folder.path,
          logFile: join(folder.path, 'server.log'),
          stopSignal: 'SIGTERM',
          discardSignal: 'SIGKILL',
          answers: () => answersPing(url),
          readyWithinMs: 15_000,
        },
        folder,
      );
      return Object.assign(control, { url });
    });
  } catch (error) {
    folder.remove();
    throw error;
  }
}

async function answersPing(url: string): Promise<boolean> {
  return (await redisCommand(url, 'PING')) === '+PONG';
}

async function useGiven(url: string): Promise<RedisServer> {
  await answersPing(url);
  return Object.assign(
    controlGiven('Redis', redisVariable, () => Promise.resolve()),
    { url },
  );
}
