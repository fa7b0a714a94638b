// The strategy event-sourced: its log is the record, in SQLite unless a database is named.

import { join } from 'node:path';
import type { Config } from '../config/load-config.ts';
import { isPostgresUrl } from '../config/postgres-url.ts';
import { durableLedger } from './durable-ledger.ts';
import { loadPackage } from './load-package.ts';
import type { LoadStrategy } from './strategy-parts.ts';

export const loadEventSourced: LoadStrategy = async ({ storage, archive }) => {
  const { createEventSourcedStrategy } = await loadPackage(
    '@paystrata/infra-eventsourced',
    'the strategy event-sourced',
    () => import('@paystrata/infra-eventsourced'),
  );
  const store = storeOf(storage);
  return {
    create: ({ clock, ids, logger, background }) =>
      createEventSourcedStrategy({ clock, ids, logger, background, store, archive, ...keyringOf(storage) }),
    createLedger: store.kind === 'memory' ? null : await durableLedger(storage),
  };
};

function keyringOf({ keyring, dataDir }: Config['storage']) {
  return isPostgresUrl(keyring) ? { keyringUrl: keyring } : { keyringPath: keyring ?? join(dataDir, 'keyring.db') };
}

function storeOf({ databaseUrl, dataDir }: Config['storage']) {
  if (databaseUrl === null) {
    return { kind: 'sqlite', path: join(dataDir, 'journal.db'), readsPath: join(dataDir, 'reads.db') } as const;
  }
  if (databaseUrl === 'memory:') return { kind: 'memory' } as const;
  return { kind: 'postgres', url: databaseUrl } as const;
}
