// API keys and idempotency keys in memory: for tests, and for trying things out.

import type { ApiKeyRecord, IdempotencyPointer } from '@paystrata/application';
import type { AccessStores } from './access-stores.ts';

/** Empty stores that forget when the process ends. */
export function createMemoryAccessStores(): AccessStores {
  const keys = new Map<string, ApiKeyRecord>();
  const pointers = new Map<string, IdempotencyPointer>();
  return {
    apiKeys: {
      insert: async (record) => {
        if (keys.has(record.id)) throw new Error(`there is an API key ${record.id} already`);
        keys.set(record.id, record);
      },
      insertFirst: async (record) => {
        if (keys.size > 0) return false;
        keys.set(record.id, record);
        return true;
      },
      find: async (id) => keys.get(id) ?? null,
      list: async () => [...keys.values()],
      revoke: async (id, at) => {
        const record = keys.get(id);
        if (record === undefined) return false;
        keys.set(id, { ...record, revokedAt: record.revokedAt ?? at });
        return true;
      },
    },
    idempotency: {
      claim: async (pointer) => {
        const known = pointers.get(nameOf(pointer));
        if (known === undefined) pointers.set(nameOf(pointer), pointer);
        return known ?? pointer;
      },
      release: async (pointer) => {
        const known = pointers.get(nameOf(pointer));
        if (known?.commandId === pointer.commandId) pointers.delete(nameOf(pointer));
      },
      expire: async (before) => {
        const old = [...pointers].filter(([, { createdAt }]) => createdAt < before);
        for (const [name] of old) pointers.delete(name);
        return old.length;
      },
    },
    stop: async () => undefined,
  };
}

function nameOf({ organizationId, route, key }: IdempotencyPointer): string {
  return JSON.stringify([organizationId, route, key]);
}
