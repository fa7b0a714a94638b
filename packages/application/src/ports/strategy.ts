// A storage strategy: one object that implements every port.

import type { Capabilities } from './capabilities.ts';
import type { EventLog } from './event-log.ts';
import type { Maintenance } from './maintenance.ts';
import type { ReadModel } from './read-model.ts';
import type { WriteModel } from './write-model.ts';

/** The state of one source or server that a strategy uses. */
export interface SourceHealth {
  readonly name: string;
  readonly healthy: boolean;
  /** What is wrong and what to do; null where healthy. */
  readonly problem: string | null;
}

export interface Health {
  readonly healthy: boolean;
  readonly sources: readonly SourceHealth[];
}

/** A number that describes the strategy at work, named as in `/metrics`. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Strategy {
  readonly name: string;
  readonly capabilities: Capabilities;
  readonly write: WriteModel;
  readonly read: ReadModel;
  readonly log: EventLog;
  readonly maintenance: Maintenance;
  /** @throws PortFailure that says what is wrong and what to do. */
  start(): Promise<void>;
  /** Finishes what is in flight. */
  stop(): Promise<void>;
  epoch(): string;
  /** Answers within a second, also when a server hangs. */
  health(): Promise<Health>;
  measure(): readonly Measurement[];
}
