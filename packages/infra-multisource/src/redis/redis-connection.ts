// The connection to Redis: fails at once while it is away, and is made anew when it no longer answers. The only file of
// this package that knows the client, which is installed by who wants it.

import { PortFailure, type Logger } from '@paystrata/application';

export interface RedisConnection {
  /** Tries to connect, and goes on trying. @throws PortFailure `CONFIG_INVALID` for a bad URL, login, or no client */
  open(): Promise<void>;
  close(): void;
  /** One command; what is sent in one go is answered in one go. @throws PortFailure */
  send(command: readonly string[]): Promise<unknown>;
}

/** Between attempts to connect, in milliseconds. */
const LONGEST_PAUSE_MS = 250;
/** Commands that wait for an answer at most; further ones fail at once. */
const IN_FLIGHT = 20_000;
const FIRST_ANSWER_MS = 1000;

type Client = Awaited<ReturnType<typeof makeClient>>;

/** @param timeoutMs a connection that leaves a command unanswered for so long is given up */
export function createRedisConnection(url: string, timeoutMs: number, logger: Logger): RedisConnection {
  let client: Client | null = null;
  let isClosed = false;
  let problem: unknown = null;

  const connect = async (): Promise<void> => {
    const made = await makeClient(url, logger, (error) => (problem = error));
    if (isClosed) return;
    client = made;
    // It goes on trying by itself; what is wrong is told by the commands that fail meanwhile.
    made.connect().catch((error: unknown) => (problem = error));
  };
  const giveUp = (stuck: Client): void => {
    if (client !== stuck) return;
    stuck.destroy();
    client = null;
    if (!isClosed) void connect();
  };
  return {
    open: async () => {
      isClosed = false;
      await connect();
      await firstAnswer(() => client?.isReady === true || problem !== null);
      const failure = problem === null ? null : failureOf(problem);
      if (failure?.code === 'CONFIG_INVALID') throw failure;
    },
    close: () => {
      isClosed = true;
      if (client?.isOpen === true) client.destroy();
      client = null;
    },
    send: async (command) => {
      const asked = client;
      if (asked?.isReady !== true) throw failureOf(problem ?? new Error('it is not connected'));
      const unanswered = setTimeout(() => giveUp(asked), timeoutMs);
      try {
        return await asked.sendCommand([...command]);
      } catch (error) {
        throw failureOf(error);
      } finally {
        clearTimeout(unanswered);
      }
    },
  };
}

async function firstAnswer(isThere: () => boolean): Promise<void> {
  const end = performance.now() + FIRST_ANSWER_MS;
  while (!isThere() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function makeClient(url: string, logger: Logger, onProblem: (error: unknown) => void) {
  const { createClient } = await loadClient();
  const client = clientFor(() =>
    createClient({
      url,
      disableOfflineQueue: true,
      commandsQueueMaxLength: IN_FLIGHT,
      socket: {
        connectTimeout: 1000,
        reconnectStrategy: (retries) => Math.min(20 * 2 ** Math.min(retries, 10), LONGEST_PAUSE_MS),
      },
    }),
  );
  let told = '';
  client.on('error', (error: unknown) => {
    onProblem(error);
    const { message } = failureOf(error);
    if (message !== told) logger.warn({ source: 'redis' }, message);
    told = message;
  });
  client.on('ready', () => {
    onProblem(null);
    told = '';
  });
  return client;
}

function clientFor<Made>(make: () => Made): Made {
  try {
    return make();
  } catch (cause) {
    const message = 'PAYSTRATA_REDIS_URL must be a URL such as redis://user:password@host:6379/0';
    throw new PortFailure('CONFIG_INVALID', message, { cause });
  }
}

/** The URL with its password is in no message. */
function failureOf(error: unknown): PortFailure {
  const problem = error instanceof Error ? error.message : String(error);
  const [word = ''] = problem.split(' ');
  if (['WRONGPASS', 'NOAUTH', 'NOPERM', 'READONLY', 'MOVED'].includes(word)) {
    const message = `Redis refuses what PAYSTRATA_REDIS_URL says: ${problem}; one primary server is asked for, and a login that may write and run scripts`;
    return new PortFailure('CONFIG_INVALID', message, { cause: error, retryable: true });
  }
  if (word === 'OOM' || problem.includes('OOM command not allowed')) {
    return new PortFailure('STORE_FULL', `Redis takes no more: ${problem}`, { cause: error, retryable: true });
  }
  return new PortFailure('STORE_UNAVAILABLE', `Redis does not answer: ${problem}`, { cause: error });
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
