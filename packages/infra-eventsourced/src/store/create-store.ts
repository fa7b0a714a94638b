// The event store in SQL that the options ask for.

import { PortFailure, type Keyring } from '@paystrata/application';
import {
  createPostgresKeyring,
  createPostgresStore,
  createSqliteKeyring,
  createSqliteStore,
  type SqlPaymentStore,
} from '@paystrata/infra-sql';
import type { DurableOptions } from '../options.ts';
import { createOwnedStore, type OwnedKeyring } from './owned-store.ts';

const durable = { durable: true, reads: 'immediate', globalOrder: 'commit', effects: 'runner' } as const;

/** @param keyring to seal with; null: that of the options. @throws PortFailure `CONFIG_INVALID` */
export function createEventStore(
  { store, keyringPath, keyringUrl }: DurableOptions,
  keyring: Keyring | null,
): SqlPaymentStore {
  const openKeyring = async (): Promise<OwnedKeyring> => {
    if (keyring !== null) return { ...keyring, stop: async () => undefined };
    if (keyringUrl !== null) return createPostgresKeyring({ url: keyringUrl });
    if (keyringPath !== null) return createSqliteKeyring(keyringPath);
    throw new PortFailure(
      'CONFIG_INVALID',
      `a log in ${store.kind} holds sealed personal data: give a keyring, or its file or database`,
    );
  };
  const createStore = (keys: Keyring) =>
    store.kind === 'sqlite'
      ? createSqliteStore({ path: store.path, keyring: keys })
      : createPostgresStore({ url: store.url, poolSize: store.poolSize, keyring: keys });
  return createOwnedStore({ name: `event store (${store.kind})`, capabilities: durable, openKeyring, createStore });
}
