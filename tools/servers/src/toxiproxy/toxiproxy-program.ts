// Toxiproxy's server, built from its pinned Go module, which Go checks against its public checksum database.

import { join } from 'node:path';
import { installedOnce } from '../install/cache-folder.ts';
import { runCommand } from '../install/run-command.ts';
import { ServerProgramMissing } from '../server-failure.ts';

const version = '2.5.0';

/**
 * Answers the full path of the server, from the cache or built into it in about a minute.
 * @throws ServerProgramMissing when Go is absent or the module is out of reach.
 */
export async function toxiproxyProgram(): Promise<string> {
  try {
    return join(await installedOnce(`toxiproxy-${version}`, install), 'server');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ServerProgramMissing(`Toxiproxy: it could not be built; install Go 1.22 or later.\n${reason}`, { cause });
  }
}

async function install(folder: string): Promise<void> {
  const module = `github.com/Shopify/toxiproxy/v2/cmd/server@v${version}`;
  await runCommand('go', ['install', module], { cwd: folder, env: { GOBIN: folder, GOFLAGS: '-mod=mod' } });
}
