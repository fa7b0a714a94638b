// Who may use the API, and which requests were made before. Belongs to the apps, whatever the storage strategy.

import type { CommandId, OrganizationId, PaymentId } from '@paystrata/domain';

export const accessScopes = ['read', 'write', 'refund', 'admin'] as const;
export type AccessScope = (typeof accessScopes)[number];

/** An API key as it is kept: never the key itself. */
export interface ApiKeyRecord {
  readonly id: string;
  /** SHA-256 of the secret part, hexadecimal. */
  readonly hash: string;
  /** `*`: an operator's key, which names the organization with each request. */
  readonly organizationId: OrganizationId | '*';
  readonly scopes: readonly AccessScope[];
  readonly createdAt: number;
  readonly revokedAt: number | null;
}

/** Shared by all processes of an installation: what one changes, the others see within a second. */
export interface ApiKeyStore {
  insert(record: ApiKeyRecord): Promise<void>;
  /** Inserts the key where there is none at all; of processes that race, one inserts. @returns whether this one did. */
  insertFirst(record: ApiKeyRecord): Promise<boolean>;
  find(id: string): Promise<ApiKeyRecord | null>;
  list(): Promise<readonly ApiKeyRecord[]>;
  /** @returns false where there is no such key. Revoking twice is no error; the first time stands. */
  revoke(id: string, at: number): Promise<boolean>;
}

/** Ties a request's idempotency key to what it set off. */
export interface IdempotencyPointer {
  readonly organizationId: OrganizationId;
  readonly route: string;
  readonly key: string;
  /** SHA-256 of the request, hexadecimal. */
  readonly requestHash: string;
  readonly paymentId: PaymentId;
  readonly commandId: CommandId;
  readonly createdAt: number;
}

export interface IdempotencyStore {
  /** Stores the pointer unless there is one for (organization, route, key); answers the one that is there now. */
  claim(pointer: IdempotencyPointer): Promise<IdempotencyPointer>;
  /** Forgets the pointer of a refused request, if it is still the one of this command. */
  release(pointer: IdempotencyPointer): Promise<void>;
  /** Drops pointers from before the instant. */
  expire(before: number): Promise<number>;
}

/** How often somebody may take something, in so many seconds. */
export interface RateSpan {
  readonly points: number;
  readonly seconds: number;
}

export interface Taken {
  readonly isAllowed: boolean;
  /** How often it may still be taken. */
  readonly left: number;
  /** Milliseconds until all may be taken again. */
  readonly fullInMs: number;
}

/** Counts what each takes, for whoever shares the count. */
export interface RateCounter {
  /** Takes one. @throws Error where the count cannot be reached. */
  take(who: string): Promise<Taken>;
}
