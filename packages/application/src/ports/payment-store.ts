// The small port that every store implements: load, commit, readAll, start and stop. The rest is derived from it.

import type { CommandId, OrganizationId, Payment, PaymentId, PaymentState } from '@paystrata/domain';
import type { PaymentKey, PendingEvent, RecordedEvent } from '../events/recorded-event.ts';
import type { Capabilities } from './capabilities.ts';
import type { PortFailure } from './failures.ts';
import type { Soon } from './soon.ts';

/** What is known of a payment before a decision. */
export interface Loaded {
  /** The fold of the payment's events; null where it has none. Must not be changed by anybody. */
  readonly payment: PaymentState;
  /** The version of the last event of the command that was asked about; null where the stream does not have it. */
  readonly appliedVersion: number | null;
}

/** The outcome of one decision, to be committed whole or not at all. */
export interface CommitEntry extends PaymentKey {
  /** The version the decision was made upon; 0: the payment must not exist. */
  readonly expectedVersion: number;
  readonly commandId: CommandId;
  /** At least one, versions following `expectedVersion` without gaps. */
  readonly events: readonly PendingEvent[];
  /** The payment after the events: what a store of state keeps. */
  readonly payment: Payment;
}

export type CommitResult =
  /**
   * Stored; `position` is that of the last event. On durable stores: synced. `events` are the entry's events as they
   * are in the log, where the store has them at hand: they spare the caller to make them again.
   */
  | { readonly outcome: 'committed'; readonly position: number; readonly events?: readonly RecordedEvent[] }
  /** The stream has this command already: nothing was stored. `version` and `position` are those of its last event. */
  | { readonly outcome: 'duplicate'; readonly version: number; readonly position: number }
  /** Somebody else was first: nothing was stored. */
  | { readonly outcome: 'wrong_version'; readonly actualVersion: number }
  /** This entry failed; with `OUTCOME_UNKNOWN` it may have been stored, with any other code it was not. */
  | { readonly outcome: 'failed'; readonly failure: PortFailure };

/** Which part of the log to read. */
export interface LogRequest {
  readonly direction: 'forward' | 'backward';
  /** Forward: events after this position. Backward: events before it. Null: from the respective end. */
  readonly from: number | null;
  /** At most so many events are returned, at least 1. */
  readonly limit: number;
  readonly organizationId?: OrganizationId;
  readonly paymentId?: PaymentId;
}

export interface LogPage {
  /** In the order of the direction. */
  readonly events: readonly RecordedEvent[];
  /** Hand it in as `from` to go on; everything up to it was considered. */
  readonly next: number;
  /** True where nothing lay beyond `next` at the time of reading. */
  readonly end: boolean;
}

/**
 * A store of payments. Its promises:
 *
 * - `commit` takes the entries in order; each succeeds or fails apart and sees the earlier ones, on the same stream
 *   too. It first looks for the command id in the stream, then at the version, then stores events and state in one
 *   atomic step. It throws only where no entry was stored.
 * - Positions follow the order of commits without gaps: once a reader has seen position n, no event with a position
 *   below n turns up.
 * - What `load` and `readAll` answer after a `commit` was answered contains that commit.
 * - After a `PersonalDataErased` the personal data of the payment's events is null, here and wherever it was kept.
 * - Failures are thrown as `PortFailure`, never turned into an empty answer.
 * - `load` and `commit` may answer without a promise where they need not wait for anything.
 */
export interface PaymentStore {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Must be awaited before anything else. @throws PortFailure that says what is wrong and what to do. */
  start(): Promise<void>;
  /** Finishes what is in flight; after it every call fails with `STORE_UNAVAILABLE`. */
  stop(): Promise<void>;
  /** Names this life of the log: 1 to 64 word characters. Known once started. */
  epoch(): string;
  load(key: PaymentKey, commandId: CommandId | null): Soon<Loaded>;
  commit(entries: readonly CommitEntry[]): Soon<readonly CommitResult[]>;
  readAll(request: LogRequest): Promise<LogPage>;
}
