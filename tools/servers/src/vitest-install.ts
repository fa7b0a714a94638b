// A vitest `globalSetup`: gets every program that tests may start, before the first of them runs. Without it, each is
// got by the first test that starts it, within the time of that test's hook.

import { installServers } from './install-servers.ts';

/** Gets the programs. @throws ServerProgramMissing */
export async function setup(): Promise<void> {
  await installServers(['redis', 'temporal', 'temporal-time-skipping', 'opensearch', 'elasticsearch', 'toxiproxy']);
}
