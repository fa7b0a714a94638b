// Network faults between a test and its servers: Toxiproxy.

import { join } from 'node:path';
import { type DataFolderOptions, makeDataFolder } from '../process/data-folder.ts';
import { freePort } from '../process/free-port.ts';
import { onFreePort } from '../process/on-free-port.ts';
import { type ServerControl, startOwn } from '../server-control.ts';
import { type FaultyLink, openLink } from './faulty-link.ts';
import { toxiproxyProgram } from './toxiproxy-program.ts';

/** A running Toxiproxy. After `kill9` and `restart` its links are gone. */
export interface ToxiproxyServer extends ServerControl {
  /** URL of its own interface, for what the links do not offer. */
  readonly api: string;
  /** Opens a link on a port of its own to a server: `127.0.0.1:5432`, or a URL with host and port. */
  link(server: string): Promise<FaultyLink>;
}

/**
 * Starts Toxiproxy on a free port of 127.0.0.1 in some milliseconds (at the first time Go builds it, about a minute).
 * @throws ServerProgramMissing, ServerStartFailed
 */
export async function startToxiproxy(options: DataFolderOptions = {}): Promise<ToxiproxyServer> {
  const command = await toxiproxyProgram();
  const folder = makeDataFolder('toxiproxy', options);
  let links = 0;
  try {
    return await onFreePort(async (port) => {
      const api = `http://127.0.0.1:${port}`;
      const control = await startOwn(
        {
          name: 'Toxiproxy',
          command,
          args: ['-host', '127.0.0.1', '-port', String(port)],
          folder: folder.path,
          logFile: join(folder.path, 'server.log'),
          stopSignal: 'SIGTERM',
          discardSignal: 'SIGKILL',
          answers: () => isReady(api),
          readyWithinMs: 15_000,
        },
        folder,
      );
      const link = async (server: string): Promise<FaultyLink> => {
        links += 1;
        const upstream = server.includes('://') ? new URL(server).host : server;
        return openLink(api, `link-${links}`, await freePort(), upstream);
      };
      return Object.assign(control, { api, link });
    });
  } catch (error) {
    folder.remove();
    throw error;
  }
}

async function isReady(api: string): Promise<boolean> {
  const answer = await fetch(new URL('/version', api), { signal: AbortSignal.timeout(2_000) });
  await answer.body?.cancel();
  return answer.ok;
}
