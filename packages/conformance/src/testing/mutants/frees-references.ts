// Takes a deleted payment's reference again.

import type { CommitEntry, CommitResult, PaymentStore } from '@paystrata/application';
import type { Mutant } from './mutant.ts';

export const freesReferences: Mutant = {
  name: 'lets the reference of a deleted payment be used again',
  breaks: 'unique-reference',
  alsoBreaks: ['refusals-leave-nothing'],
  store: (store) => ({
    commit: (entries) => Promise.all(entries.map((entry) => commitOne(store, entry))),
  }),
};

async function commitOne(store: PaymentStore, entry: CommitEntry): Promise<CommitResult> {
  const { payment } = await store.load(entry, null);
  if (entry.expectedVersion === 0 && payment?.status === 'deleted') return { outcome: 'committed', position: 1 };
  const [result] = await store.commit([entry]);
  if (result === undefined) throw new Error('the store answered nothing');
  return result;
}
