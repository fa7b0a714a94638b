// The servers of a proof, and a place on them.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startOpenSearch,
  startPostgres,
  startRedis,
  type OpenSearchServer,
  type PostgresServer,
  type RedisServer,
} from '@paystrata/test-servers';
import type { Place } from './place.ts';

export interface ProofServers {
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
  readonly search: OpenSearchServer;
  /** A place of its own on these servers. */
  place(): Promise<Place>;
  stop(): Promise<void>;
}

/** @param own whether the servers are to be killed or held still */
export async function startProofServers(own: boolean): Promise<ProofServers> {
  const [postgres, redis, search] = await Promise.all([
    startPostgres({ own }),
    startRedis({ own }),
    startOpenSearch({ own }),
  ]);
  const folders: string[] = [];
  return {
    ...{ postgres, redis, search },
    place: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'paystrata-proof-'));
      folders.push(folder);
      const databaseUrl = await postgres.createDatabase();
      const keyringUrl = await postgres.createDatabase();
      return { databaseUrl, keyringUrl, redisUrl: redis.url, searchUrl: search.url, filesDir: join(folder, 'files') };
    },
    stop: async () => {
      await Promise.all([postgres.stop(), redis.stop(), search.stop()]);
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}
