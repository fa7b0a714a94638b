// What a store must do whose log was put back, or replaced, while it works.

import assert from 'node:assert/strict';
import { creation } from './entries.ts';
import type { ChangingWorld } from './log-keyring-cases.ts';
import { everything } from './store-world.ts';

interface SameLogCase {
  readonly name: string;
  readonly run: (world: ChangingWorld) => Promise<void>;
}

const replaced = {
  code: 'STORE_UNAVAILABLE',
  retryable: false,
  message: /put back or replaced.*start the process again/,
};

export const sameLogCases: readonly SameLogCase[] = [
  {
    name: 'that goes back behind what was seen of it is not read, nor committed to, any more',
    async run({ open, changeJournal }) {
      const store = await open();
      const entry = creation();
      await store.commit([entry, creation()]);
      await changeJournal('position = 1');
      await assert.rejects(everything(store), replaced);
      await assert.rejects(async () => store.load(entry, null), replaced);
      await assert.rejects(store.head(), replaced);
      const [result] = await store.commit([creation()]);
      assert.equal(result?.outcome === 'failed' && result.failure.code, 'STORE_UNAVAILABLE');
      // Also once it has come as far again.
      await changeJournal('position = 2');
      await assert.rejects(everything(store), replaced);
      assert.equal((await everything(await open())).events.length, 2);
    },
  },
  {
    name: 'that has another epoch is read no more, in whatever way',
    async run({ open, changeJournal }) {
      const store = await open();
      const entry = creation();
      await store.commit([entry]);
      await changeJournal("epoch = 'another'");
      await assert.rejects(async () => store.load(entry, null), replaced);
      const stream = { organizationId: entry.organizationId, category: 'payment', id: entry.paymentId };
      await assert.rejects(store.journal.readStream(stream, { direction: 'forward', from: null, limit: 1 }), replaced);
      assert.equal((await open()).epoch(), 'another');
    },
  },
  {
    name: 'that was put back in mid-commit leaves the outcome open',
    async run({ open, changeJournal }) {
      const store = await open();
      await store.commit([creation(), creation(), creation()]);
      await changeJournal('position = 10');
      assert.equal(await store.head(), 10);
      await changeJournal('position = 4');
      const [result] = await store.commit([creation()]);
      assert.equal(result?.outcome === 'failed' && result.failure.code, 'OUTCOME_UNKNOWN');
    },
  },
];
