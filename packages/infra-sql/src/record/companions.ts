// What stands beside the log in its database, opened with the strategy and closed with it.

import { PortFailure, type SnapshotStore, type SubscriptionStore } from '@paystrata/application';
import type { SqlCompanions } from '../subscriptions/companions.ts';
import { openPostgresCompanions } from '../subscriptions/postgres-companions.ts';
import { openSqliteCompanions } from '../subscriptions/sqlite-companions.ts';
import type { SqlRecordOptions } from './sql-record-options.ts';

interface OwnedCompanions {
  readonly subscriptions: SubscriptionStore;
  readonly snapshots: SnapshotStore;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Moving checkpoints takes few connections. */
const POOL_SIZE = 2;
const TIMEOUT_MS = 15_000;

/** Nothing is opened before `start`. */
export function createCompanions(store: SqlRecordOptions['store']): OwnedCompanions {
  let opened: SqlCompanions | null = null;
  const companions = (): SqlCompanions => {
    if (opened !== null) return opened;
    throw new PortFailure('STORE_UNAVAILABLE', 'the strategy is not started', { retryable: false });
  };
  const subscriptions = () => companions().subscriptions;
  return {
    subscriptions: {
      acquire: async (...args) => subscriptions().acquire(...args),
      renew: async (...args) => subscriptions().renew(...args),
      advance: async (...args) => subscriptions().advance(...args),
      release: async (...args) => subscriptions().release(...args),
      checkpoint: async (...args) => subscriptions().checkpoint(...args),
      reset: async (...args) => subscriptions().reset(...args),
      deadLetters: async (...args) => subscriptions().deadLetters(...args),
      firstDeadLetter: async (...args) => subscriptions().firstDeadLetter(...args),
      removeDeadLetter: async (...args) => subscriptions().removeDeadLetter(...args),
    },
    snapshots: {
      load: async (stream) => companions().snapshots.load(stream),
      save: async (...args) => companions().snapshots.save(...args),
    },
    start: async () => {
      opened =
        store.kind === 'sqlite'
          ? await openSqliteCompanions(store.path)
          : await openPostgresCompanions({ url: store.url, poolSize: POOL_SIZE, timeoutMs: TIMEOUT_MS });
    },
    stop: async () => {
      const closing = opened;
      opened = null;
      await closing?.stop();
    },
  };
}
