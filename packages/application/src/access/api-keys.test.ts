// API keys: shown once, stored hashed, refused where anything is wrong with them.

import { instantOf, parseOrganizationId } from '@paystrata/domain';
import { describe, expect, it, vi } from 'vitest';
import { accessScopes, type ApiKeyRecord, type ApiKeyStore } from '../ports/access.ts';
import { createApiKey, grantedScopes, verifyApiKey } from './api-keys.ts';

function keyStore() {
  const records = new Map<string, ApiKeyRecord>();
  const find = vi.fn(async (id: string) => records.get(id) ?? null);
  const store: ApiKeyStore = {
    insert: async (record) => void records.set(record.id, record),
    insertFirst: async (record) => {
      if (records.size > 0) return false;
      records.set(record.id, record);
      return true;
    },
    find,
    list: async () => [...records.values()],
    revoke: async (id, at) => {
      const record = records.get(id);
      if (record !== undefined) records.set(id, { ...record, revokedAt: at });
      return record !== undefined;
    },
  };
  return { store, find, records };
}

const acme = parseOrganizationId('acme') ?? '*';
const now = instantOf(1_000);
const readOnly = { organizationId: acme, scopes: ['read'], now } as const;

describe('a new key', () => {
  it('has the prefix, its id, at least 128 random bits and a checksum', async () => {
    const { store } = keyStore();
    const { id, key } = await createApiKey(store, readOnly);
    expect(key).toMatch(/^psk_[0-9A-Za-z]{10}_[0-9A-Za-z]{32}[0-9a-f]{6}$/);
    expect(key).toContain(`_${id}_`);
    expect(Math.log2(62) * 32).toBeGreaterThan(128);
  });

  it('is another one each time', async () => {
    const { store } = keyStore();
    const keys = await Promise.all(Array.from({ length: 200 }, () => createApiKey(store, readOnly)));
    expect(new Set(keys.map(({ key }) => key)).size).toBe(200);
  });

  it('leaves nothing in the store from which it could be made again', async () => {
    const { store, records } = keyStore();
    const { key, id } = await createApiKey(store, readOnly);
    const secret = key.slice(`psk_${id}_`.length, -6);
    expect(JSON.stringify([...records.values()])).not.toContain(secret);
    expect(records.get(id)).toMatchObject({
      organizationId: 'acme',
      scopes: ['read'],
      createdAt: 1000,
      revokedAt: null,
    });
  });

  it('keeps its scopes in order, each once', async () => {
    const { store } = keyStore();
    const { scopes } = await createApiKey(store, { ...readOnly, scopes: ['refund', 'read', 'refund'] });
    expect(scopes).toEqual(['read', 'refund']);
  });
});

describe('verifying', () => {
  it('finds whose key it is', async () => {
    const { store } = keyStore();
    const { key, id } = await createApiKey(store, readOnly);
    expect(await verifyApiKey(store, key)).toMatchObject({ id, organizationId: 'acme' });
  });

  it('refuses every key that is one character off, without asking the store', async () => {
    const { store, find } = keyStore();
    const { key } = await createApiKey(store, readOnly);
    for (const [index, character] of [...key].entries()) {
      const wrong = key.slice(0, index) + (character === 'x' ? 'y' : 'x') + key.slice(index + 1);
      expect(await verifyApiKey(store, wrong)).toBeNull();
    }
    expect(find).not.toHaveBeenCalled();
  });

  it.each(['', 'psk_', 'Bearer', `psk_${'a'.repeat(10)}_${'b'.repeat(1_000_000)}`, 'psk_é'])(
    'refuses %.20s without asking the store',
    async (text) => {
      const { store, find } = keyStore();
      expect(await verifyApiKey(store, text)).toBeNull();
      expect(find).not.toHaveBeenCalled();
    },
  );

  it('refuses a well-formed key that is not in the store, and one with the secret of another', async () => {
    const { store } = keyStore();
    const stranger = await createApiKey(keyStore().store, readOnly);
    expect(await verifyApiKey(store, stranger.key)).toBeNull();
    const [one, two] = [keyStore(), keyStore()];
    const { key, id } = await createApiKey(one.store, readOnly);
    await two.store.insert({ ...(one.records.get(id) ?? fail()), hash: 'f'.repeat(64) });
    expect(await verifyApiKey(two.store, key)).toBeNull();
  });

  it('refuses a revoked key', async () => {
    const { store } = keyStore();
    const { key, id } = await createApiKey(store, readOnly);
    await store.revoke(id, 2000);
    expect(await verifyApiKey(store, key)).toBeNull();
  });
});

describe('scopes', () => {
  it('include those below', () => {
    expect(grantedScopes([])).toEqual([]);
    expect(grantedScopes(['read'])).toEqual(['read']);
    expect(grantedScopes(['refund'])).toEqual(['read', 'write', 'refund']);
    expect(grantedScopes(['admin'])).toEqual(accessScopes);
  });
});

function fail(): never {
  throw new Error('the key is not in the store');
}
