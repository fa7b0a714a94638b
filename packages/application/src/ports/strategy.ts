// A storage strategy: one object that implements every port.

import type { PaymentKey, PendingEvent } from '../events/recorded-event.ts';
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

/** What became of events that were taken in. */
export interface Adopted {
  /** Stored now. */
  readonly adopted: number;
  /** There already: the same events at the same versions. */
  readonly known: number;
}

/**
 * Takes in events that another log recorded, as they are and in their order; positions are given anew. Taking in the
 * same again changes nothing. Nothing is asked of the gateway; what is open there is looked up as ever.
 *
 * @throws InvalidMessage where events of a payment are missing or do not follow each other; PortFailure
 * `WRONG_EXPECTED_VERSION` where a payment has other events already. What came before in the list may be stored.
 */
export type Adopt = (events: readonly PendingEvent[]) => Promise<Adopted>;

export interface Strategy {
  readonly name: string;
  readonly capabilities: Capabilities;
  readonly write: WriteModel;
  readonly read: ReadModel;
  readonly log: EventLog;
  readonly maintenance: Maintenance;
  /** Absent where a strategy can only make a history of its own. */
  readonly adopt?: Adopt;
  /** Where each payment is a workflow: its id, by which operators find it. */
  workflowIdOf?(key: PaymentKey): string;
  /** @throws PortFailure that says what is wrong and what to do. */
  start(): Promise<void>;
  /** Finishes what is in flight. */
  stop(): Promise<void>;
  epoch(): string;
  /** Answers within a second, also when a server hangs. */
  health(): Promise<Health>;
  measure(): readonly Measurement[];
}
