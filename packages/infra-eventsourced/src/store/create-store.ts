// The event store that the options ask for.

import { PortFailure, type Keyring, type PaymentStore } from '@paystrata/application';
import { createMemoryStore } from '@paystrata/infra-inmemory';
import { createPostgresStore, createSqliteKeyring, createSqliteStore } from '@paystrata/infra-sql';
import type { ParsedOptions } from '../options.ts';
import { createOwnedStore, type OwnedKeyring } from './owned-store.ts';

const durable = { durable: true, reads: 'immediate', globalOrder: 'commit', effects: 'runner' } as const;

/** @param keyring to seal with; null: the file of the options. @throws PortFailure `CONFIG_INVALID` */
export function createEventStore({ store, keyringPath }: ParsedOptions, keyring: Keyring | null): PaymentStore {
  const openKeyring = async (): Promise<OwnedKeyring> => {
    if (keyring !== null) return { ...keyring, stop: async () => undefined };
    if (keyringPath !== null) return createSqliteKeyring(keyringPath);
    throw new PortFailure(
      'CONFIG_INVALID',
      `a log in ${store.kind} holds sealed personal data: give a keyring, or the path of its file`,
    );
  };
  const name = `event store (${store.kind})`;
  switch (store.kind) {
    case 'memory':
      return createMemoryStore({ name });
    case 'sqlite': {
      const { path } = store;
      const createStore = (keys: Keyring) => createSqliteStore({ path, keyring: keys });
      return createOwnedStore({ name, capabilities: durable, openKeyring, createStore });
    }
    case 'postgres': {
      const { url, poolSize } = store;
      const createStore = (keys: Keyring) => createPostgresStore({ url, poolSize, keyring: keys });
      return createOwnedStore({ name, capabilities: durable, openKeyring, createStore });
    }
  }
}
