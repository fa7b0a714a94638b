// Where strategies keep what they have in SQL, by the settings of the storage.

import { join } from 'node:path';
import type { Config } from '../config/load-config.ts';
import { isPostgresUrl } from '../config/postgres-url.ts';

/** A file in the data folder, unless one, or a database, is named. */
export function keyringOf({ keyring, dataDir }: Config['storage']) {
  return isPostgresUrl(keyring) ? { keyringUrl: keyring } : { keyringPath: keyring ?? join(dataDir, 'keyring.db') };
}

/** A PostgreSQL database where one is named, else SQLite files in the data folder. */
export function sqlPlaceOf({ databaseUrl, dataDir }: Config['storage']) {
  if (isPostgresUrl(databaseUrl)) return { kind: 'postgres', url: databaseUrl } as const;
  return { kind: 'sqlite', path: join(dataDir, 'journal.db'), readsPath: join(dataDir, 'reads.db') } as const;
}
