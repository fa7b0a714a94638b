// A store together with the keyring it seals with: opened with it, and closed after it.

import { PortFailure, type Keyring, type PaymentStore } from '@paystrata/application';
import type { SqlPaymentStore } from '../journal/journal-store.ts';

/** A keyring that has to be closed. */
export interface OwnedKeyring extends Keyring {
  stop(): Promise<void>;
}

/** The store, and the keyring as long as it is open. */
export interface OwnedStore extends SqlPaymentStore {
  readonly keyring: Keyring;
}

interface OwnedStoreOptions {
  readonly name: string;
  readonly capabilities: PaymentStore['capabilities'];
  readonly openKeyring: () => Promise<OwnedKeyring>;
  readonly createStore: (keyring: Keyring) => SqlPaymentStore;
}

/** Nothing is opened before `start`. */
export function createOwnedStore(options: OwnedStoreOptions): OwnedStore {
  const { name, capabilities, openKeyring, createStore } = options;
  let opened: { readonly store: SqlPaymentStore; readonly keyring: OwnedKeyring } | null = null;
  const parts = () => {
    if (opened !== null) return opened;
    throw new PortFailure('STORE_UNAVAILABLE', `the store ${name} is not started`, { retryable: false });
  };
  const store = () => parts().store;
  const keyring = () => parts().keyring;
  return {
    name,
    capabilities,
    keyring: {
      get place() {
        return keyring().place;
      },
      fingerprint: async () => keyring().fingerprint(),
      keyFor: async (...owner) => keyring().keyFor(...owner),
      current: async (...owner) => keyring().current(...owner),
      find: async (...key) => keyring().find(...key),
      destroy: async (...owner) => keyring().destroy(...owner),
    },
    start: async () => {
      const keys = await openKeyring();
      const started = createStore(keys);
      try {
        await started.start();
      } catch (error) {
        await keys.stop();
        throw error;
      }
      opened = { store: started, keyring: keys };
    },
    stop: async () => {
      await opened?.store.stop();
      await opened?.keyring.stop();
    },
    epoch: () => store().epoch(),
    load: async (key, commandId) => store().load(key, commandId),
    commit: async (entries) => store().commit(entries),
    readAll: async (request) => store().readAll(request),
    document: async (key) => store().document(key),
    head: async () => store().head(),
    get journal() {
      return store().journal;
    },
  };
}
