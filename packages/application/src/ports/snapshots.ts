// Where aggregates are kept as they were at a version, so that not all of their events must be read.

import type { JsonValue } from '../read/event-data.ts';
import type { StreamName } from './event-store.ts';

export interface AggregateSnapshot {
  /** Of the stream, when the state was folded. */
  readonly version: number;
  /** The version of the shape of the state: one of another version is of no use. */
  readonly schemaVersion: number;
  readonly state: JsonValue;
}

/** Snapshots may be lost at any time: the events say it all. Everything throws `PortFailure`s. */
export interface SnapshotStore {
  load(stream: StreamName): Promise<AggregateSnapshot | null>;
  /** Keeps the newest: one of a lower version, of the same shape or an older one, is dropped. */
  save(stream: StreamName, snapshot: AggregateSnapshot): Promise<void>;
}
