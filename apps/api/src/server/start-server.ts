// Starts the API on a socket, and stops it without breaking off what is in flight.

import type { CreatedApiKey } from '@paystrata/application';
import type { Composition } from '@paystrata/composition';
import { expirePointers } from '../idempotency/expire-pointers.ts';
import { createApi, type ApiOptions } from './create-api.ts';
import { ensureFirstKey } from './first-key.ts';

export interface RunningServer {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Whether the console is served at the root: it is a package of its own, which has to be built. */
  readonly hasConsole: boolean;
  /** The key that was made because there was none; its only showing. */
  readonly firstKey: CreatedApiKey | null;
  /** Finishes the requests in flight, then stops the composition; a second call waits for the first. */
  stop(): Promise<void>;
}

/** How long requests in flight may take once the server is to end; then their connections are cut. */
const GRACE_MS = 20_000;

/**
 * Starts the composition, and listens as its configuration says.
 *
 * @throws PortFailure where the storage cannot be started; an error with a `code` where the socket cannot be opened.
 */
export async function startServer(composition: Composition, options: ApiOptions = {}): Promise<RunningServer> {
  const { config, idempotency, clock, logger } = composition;
  await composition.start();
  const app = await createApi(composition, options);
  const firstKey = await ensureFirstKey(composition);
  const url = await app.listen({
    host: config.server.host,
    port: config.server.port,
    listenTextResolver: () => 'listening',
  });
  const background = new AbortController();
  const expiry = expirePointers(idempotency, clock, logger, background.signal);
  let stopped: Promise<void> | null = null;

  async function stop(): Promise<void> {
    const impatience = setTimeout(() => app.server.closeAllConnections(), GRACE_MS);
    await app.close();
    clearTimeout(impatience);
    background.abort();
    await expiry;
    await composition.stop();
  }

  const hasConsole = app.hasRoute({ method: 'GET', url: '/' });
  return { url, hasConsole, firstKey, stop: () => (stopped ??= stop()) };
}
