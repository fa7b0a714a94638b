// Making and checking API keys. The store sees hashes only; the key itself is shown once, to whoever made it.

import { timingSafeEqual } from 'node:crypto';
import type { Instant, OrganizationId } from '@paystrata/domain';
import { accessScopes, type AccessScope, type ApiKeyRecord, type ApiKeyStore } from '../ports/access.ts';
import { formatApiKey, hashOfSecret, newApiKeyParts, parseApiKey } from './api-key-format.ts';

export interface NewApiKey {
  /** `*`: an operator's key, which names the organization with each request. */
  readonly organizationId: OrganizationId | '*';
  readonly scopes: readonly AccessScope[];
  readonly now: Instant;
}

/** A key that was just made: the only time that `key` can be seen. */
export interface CreatedApiKey {
  readonly id: string;
  readonly key: string;
  readonly organizationId: OrganizationId | '*';
  readonly scopes: readonly AccessScope[];
}

/** Makes a key and stores its hash. The scopes are kept in the order of `accessScopes`, each once. */
export async function createApiKey(store: ApiKeyStore, asked: NewApiKey): Promise<CreatedApiKey> {
  const { record, created } = newKey(asked);
  await store.insert(record);
  return created;
}

/** Makes the first key of an installation; null where there is one already, revoked ones included. */
export async function createFirstApiKey(store: ApiKeyStore, asked: NewApiKey): Promise<CreatedApiKey | null> {
  const { record, created } = newKey(asked);
  return (await store.insertFirst(record)) ? created : null;
}

function newKey({ organizationId, scopes, now }: NewApiKey): { record: ApiKeyRecord; created: CreatedApiKey } {
  const parts = newApiKeyParts();
  const { id } = parts;
  const ordered = accessScopes.filter((scope) => scopes.includes(scope));
  const hash = hashOfSecret(parts.secret);
  return {
    record: { id, hash, organizationId, scopes: ordered, createdAt: now, revokedAt: null },
    created: { id, key: formatApiKey(parts), organizationId, scopes: ordered },
  };
}

/**
 * Who a key belongs to; null where it is malformed, unknown or revoked, which nobody can tell apart. A malformed key is
 * refused without asking the store; the secret is compared in constant time.
 */
export async function verifyApiKey(store: ApiKeyStore, key: string): Promise<ApiKeyRecord | null> {
  const parts = parseApiKey(key);
  if (parts === undefined) return null;
  const record = await store.find(parts.id);
  const matches = equalHashes(hashOfSecret(parts.secret), record?.hash ?? noHash);
  return record !== null && matches && record.revokedAt === null ? record : null;
}

/** What a key may do: a scope includes those before it, read < write < refund < admin. */
export function grantedScopes(scopes: readonly AccessScope[]): readonly AccessScope[] {
  const highest = Math.max(-1, ...scopes.map((scope) => accessScopes.indexOf(scope)));
  return accessScopes.slice(0, highest + 1);
}

/** Compared with where there is no such key, so that it takes as long. */
const noHash = '0'.repeat(64);

function equalHashes(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, 'hex'), Buffer.from(b, 'hex')];
  return left.length === right.length && timingSafeEqual(left, right);
}
