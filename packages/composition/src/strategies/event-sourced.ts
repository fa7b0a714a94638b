// The strategy event-sourced: its log is the record, in SQLite unless a database is named.

import { durableLedger } from './durable-ledger.ts';
import { loadPackage } from './load-package.ts';
import { keyringOf, sqlPlaceOf } from './sql-places.ts';
import type { LoadStrategy } from './strategy-parts.ts';

export const loadEventSourced: LoadStrategy = async ({ storage, archive }) => {
  const { createEventSourcedStrategy } = await loadPackage(
    '@paystrata/infra-eventsourced',
    'the strategy event-sourced',
    () => import('@paystrata/infra-eventsourced'),
  );
  const store = storage.databaseUrl === 'memory:' ? ({ kind: 'memory' } as const) : sqlPlaceOf(storage);
  return {
    create: ({ clock, ids, logger, background }) =>
      createEventSourcedStrategy({ clock, ids, logger, background, store, archive, ...keyringOf(storage) }),
    createLedger: store.kind === 'memory' ? null : await durableLedger(storage),
  };
};
