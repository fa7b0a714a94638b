// A server whose insides a test may look at, and bare sockets to it.

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { accessScopes, createApiKey, parseOrganizationId } from '@paystrata/application';
import { createApi } from '../src/index.ts';
import { composeIn } from './running-server.ts';

export interface OpenServer {
  readonly app: Awaited<ReturnType<typeof createApi>>;
  readonly url: string;
  /** Of the organization `demo`, for everything. */
  readonly key: string;
  stop(): Promise<void>;
}

/** Upon memory-cqs, without a rate limit. */
export async function openServer(dataDir: string): Promise<OpenServer> {
  const composition = await composeIn(dataDir, { storage: { strategy: 'memory-cqs' }, limits: { ratePerSecond: 0 } });
  await composition.start();
  const app = await createApi(composition);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const organizationId = parseOrganizationId('demo') ?? '*';
  const now = composition.clock.now();
  const { key } = await createApiKey(composition.apiKeys, { organizationId, scopes: accessScopes, now });
  return {
    ...{ app, url, key },
    stop: async () => {
      await app.close();
      await composition.stop();
    },
  };
}

/** Its errors are nobody's: the other side may cut it. */
export async function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) }).on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}
