// What holds for API keys and idempotency keys in any database, shared by processes.

import type { ApiKeyRecord, ApiKeyStore, IdempotencyPointer, IdempotencyStore } from '@paystrata/application';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acme, globex, newCommandId, newPaymentId } from './entries.ts';

interface AccessStore {
  readonly apiKeys: ApiKeyStore;
  readonly idempotency: IdempotencyStore;
  stop(): Promise<void>;
}

const record: ApiKeyRecord = {
  id: 'key-1',
  hash: 'ab'.repeat(32),
  organizationId: acme,
  scopes: ['read', 'refund'],
  createdAt: 1000,
  revokedAt: null,
};

function pointer(changes: Partial<IdempotencyPointer> = {}): IdempotencyPointer {
  return {
    organizationId: acme,
    route: 'POST /v1/payments',
    key: 'order-17',
    requestHash: 'cd'.repeat(32),
    paymentId: newPaymentId(),
    commandId: newCommandId(),
    createdAt: 5000,
    ...changes,
  };
}

/** @param open opens the database of the case as another process would */
export function accessCases(open: () => Promise<AccessStore>): void {
  let server: AccessStore;
  let commandLine: AccessStore;

  beforeEach(async () => {
    [server, commandLine] = await Promise.all([open(), open()]);
  });

  afterEach(async () => {
    await Promise.all([server.stop(), commandLine.stop()]);
  });

  it('shows a running server the keys that the command line makes and revokes', async () => {
    await commandLine.apiKeys.insert(record);
    expect(await server.apiKeys.find('key-1')).toEqual(record);
    expect(await commandLine.apiKeys.revoke('key-1', 2000)).toBe(true);
    expect(await commandLine.apiKeys.revoke('key-1', 3000)).toBe(true);
    expect(await server.apiKeys.find('key-1')).toEqual({ ...record, revokedAt: 2000 });
  });

  it('makes one first key, however many ask at once', async () => {
    const records = Array.from({ length: 8 }, (_, index) => ({ ...record, id: `first-${index}` }));
    const made = await Promise.all(
      records.map((each, index) => (index % 2 === 0 ? server : commandLine).apiKeys.insertFirst(each)),
    );
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await server.apiKeys.list()).toEqual(records.filter((_, index) => made[index]));
    expect(await commandLine.apiKeys.insertFirst(record)).toBe(false);
  });

  it('makes no first key where there is any', async () => {
    await server.apiKeys.insert({ ...record, revokedAt: 1500 });
    expect(await commandLine.apiKeys.insertFirst({ ...record, id: 'key-2' })).toBe(false);
    expect(await server.apiKeys.find('key-2')).toBeNull();
  });

  it('lists keys by age, and knows none that was never made', async () => {
    const operator = { ...record, id: 'key-0', organizationId: '*' as const, createdAt: 3000 };
    await server.apiKeys.insert(operator);
    await server.apiKeys.insert(record);
    expect(await server.apiKeys.list()).toEqual([record, operator]);
    expect(await server.apiKeys.find('key-9')).toBeNull();
    expect(await server.apiKeys.revoke('key-9', 1)).toBe(false);
  });

  it('makes a key id once; one that is refused takes no other down', async () => {
    const results = await Promise.allSettled([
      server.apiKeys.insert(record),
      server.apiKeys.insert({ ...record, hash: 'other' }),
      server.apiKeys.insert({ ...record, id: 'key-2' }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await server.apiKeys.find('key-1')).toEqual(record);
  });

  it('gives an idempotency key to one of many racing requests', async () => {
    const pointers = Array.from({ length: 20 }, () => pointer());
    const claimed = await Promise.all(
      pointers.map((each, index) => (index % 2 === 0 ? server : commandLine).idempotency.claim(each)),
    );
    expect(new Set(claimed.map(({ commandId }) => commandId)).size).toBe(1);
    expect(await server.idempotency.claim(pointer())).toEqual(claimed[0]);
  });

  it('keeps keys of other organizations and routes apart', async () => {
    const pointers = [pointer(), pointer({ organizationId: globex }), pointer({ route: 'POST /v1/payments/bulk' })];
    for (const each of pointers) expect(await server.idempotency.claim(each)).toEqual(each);
  });

  it('frees a refused key, unless another request has it by now', async () => {
    const [mine, other] = [pointer(), pointer()];
    await server.idempotency.claim(mine);
    await server.idempotency.release(other);
    expect(await server.idempotency.claim(other)).toEqual(mine);
    await server.idempotency.release(mine);
    expect(await commandLine.idempotency.claim(other)).toEqual(other);
  });

  it('drops what is older than asked, however much', async () => {
    const old = Array.from({ length: 2100 }, (_, index) => pointer({ key: `old-${index}`, createdAt: index }));
    await Promise.all(old.map((each) => server.idempotency.claim(each)));
    expect(await commandLine.idempotency.expire(2099)).toBe(2099);
    expect(await server.idempotency.claim(pointer({ key: 'old-2099' }))).toEqual(old[2099]);
    expect(await server.idempotency.expire(2099)).toBe(0);
  });

  it('answers nothing once it is stopped', async () => {
    await server.stop();
    await expect(server.apiKeys.find('key-1')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(server.idempotency.claim(pointer())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
}
