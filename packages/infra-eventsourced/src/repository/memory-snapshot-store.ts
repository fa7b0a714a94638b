// Snapshots of aggregates in memory.

import { streamText, type AggregateSnapshot, type SnapshotStore } from '@paystrata/application';

/** Lasts as long as the process. */
export function createMemorySnapshotStore(): SnapshotStore {
  const snapshots = new Map<string, AggregateSnapshot>();
  return {
    load: async (stream) => snapshots.get(streamText(stream)) ?? null,
    save: async (stream, snapshot) => {
      const name = streamText(stream);
      const before = snapshots.get(name);
      if (before === undefined || isNewer(snapshot, before)) snapshots.set(name, snapshot);
    },
  };
}

function isNewer(snapshot: AggregateSnapshot, before: AggregateSnapshot): boolean {
  if (snapshot.schemaVersion !== before.schemaVersion) return snapshot.schemaVersion > before.schemaVersion;
  return snapshot.version > before.version;
}
