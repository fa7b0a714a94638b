// A store together with the keyring it seals with: opened with it, and closed after it.

import { PortFailure, type Keyring, type PaymentStore } from '@paystrata/application';
import type { SqlPaymentStore } from '../journal/journal-store.ts';

/** A keyring that has to be closed. */
export interface OwnedKeyring extends Keyring {
  stop(): Promise<void>;
}

interface OwnedStoreOptions {
  readonly name: string;
  readonly capabilities: PaymentStore['capabilities'];
  readonly openKeyring: () => Promise<OwnedKeyring>;
  readonly createStore: (keyring: Keyring) => SqlPaymentStore;
}

/** Nothing is opened before `start`. */
export function createOwnedStore(options: OwnedStoreOptions): SqlPaymentStore {
  const { name, capabilities, openKeyring, createStore } = options;
  let opened: { readonly store: SqlPaymentStore; readonly keyring: OwnedKeyring } | null = null;
  const store = (): SqlPaymentStore => {
    if (opened !== null) return opened.store;
    throw new PortFailure('STORE_UNAVAILABLE', `the store ${name} is not started`, { retryable: false });
  };
  return {
    name,
    capabilities,
    start: async () => {
      const keyring = await openKeyring();
      const started = createStore(keyring);
      try {
        await started.start();
      } catch (error) {
        await keyring.stop();
        throw error;
      }
      opened = { store: started, keyring };
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
