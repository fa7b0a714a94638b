// What the cases of stores are written in.

import assert from 'node:assert/strict';
import type { CommitResult, Keyring, LogPage, PaymentStore } from '@paystrata/application';
import type { SqlPaymentStore } from '../journal/journal-store.ts';

/** A database of its own for one case. */
export interface StoreWorld {
  /** A started store on the database, as another process would have it; stopped when the case ends. */
  open(keyring?: Keyring): Promise<SqlPaymentStore>;
  readonly keyring: Keyring;
}

export interface StoreCase {
  readonly name: string;
  readonly run: (world: StoreWorld) => Promise<void>;
}

export async function everything(store: PaymentStore): Promise<LogPage> {
  const page = await store.readAll({ direction: 'forward', from: null, limit: 100_000 });
  assert.equal(page.end, true);
  return page;
}

export function outcomes(results: readonly CommitResult[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
