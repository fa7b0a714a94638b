// Where API keys and idempotency keys are kept: beside the strategy's own store, whatever that is.

import type { ApiKeyStore, IdempotencyStore } from '@paystrata/application';
import { createMemoryAccessStores } from './memory-access-stores.ts';

export interface AccessStores {
  readonly apiKeys: ApiKeyStore;
  readonly idempotency: IdempotencyStore;
  stop(): Promise<void>;
}

export async function openAccessStores(): Promise<AccessStores> {
  return createMemoryAccessStores();
}
