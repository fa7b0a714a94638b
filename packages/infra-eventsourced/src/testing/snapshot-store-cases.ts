// What every store of snapshots must do.

import assert from 'node:assert/strict';
import type { SnapshotStore } from '@paystrata/application';
import { globex, streamNamed } from './event-store-world.ts';

export interface SnapshotStoreCase {
  readonly name: string;
  readonly run: (open: () => Promise<SnapshotStore>) => Promise<void>;
}

export const snapshotStoreCases: readonly SnapshotStoreCase[] = [
  {
    name: 'keeps the newest snapshot of a stream, whoever comes last',
    async run(open) {
      const [store, other] = [await open(), await open()];
      const stream = streamNamed('1');
      assert.equal(await store.load(stream), null);
      const state = { lines: [1, 2, { text: `it's "ö" \u{1f4b6}` }], total: '12' };
      const snapshot = { version: 20, schemaVersion: 1, state };
      await store.save(stream, snapshot);
      await other.save(stream, { version: 10, schemaVersion: 1, state: 'older' });
      assert.deepEqual(await other.load(stream), snapshot);
      assert.equal(await store.load(streamNamed('1', 'invoice', globex)), null);
      assert.equal(await store.load(streamNamed('1', 'order')), null);
      await other.save(stream, { version: 5, schemaVersion: 2, state: null });
      await store.save(stream, snapshot);
      assert.deepEqual(await store.load(stream), { version: 5, schemaVersion: 2, state: null });
    },
  },
];
