// The payment store in SQL that the options ask for, together with its keyring.

import { PortFailure, type Keyring } from '@paystrata/application';
import { createPostgresKeyring } from '../postgres-access/postgres-keyring.ts';
import { createPostgresStore } from '../postgres/postgres-store.ts';
import { createSqliteKeyring } from '../sqlite/sqlite-keyring.ts';
import { createSqliteStore } from '../sqlite/sqlite-store.ts';
import { createOwnedStore, type OwnedKeyring, type OwnedStore } from './owned-store.ts';
import type { SqlRecordOptions } from './sql-record-options.ts';

const durable = { durable: true, reads: 'immediate', globalOrder: 'commit', effects: 'runner' } as const;

/** @param keyring to seal with; null: that of the options. @throws PortFailure `CONFIG_INVALID` */
export function createRecordStore(
  { name, store, keyringPath, keyringUrl }: SqlRecordOptions,
  keyring: Keyring | null,
): OwnedStore {
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
  return createOwnedStore({ name: `${name} (${store.kind})`, capabilities: durable, openKeyring, createStore });
}
