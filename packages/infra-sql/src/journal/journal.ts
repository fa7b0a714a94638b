// The journal: what a database has to be able to do so that a payment store can stand on it. Texts only, nothing is read.

import type { LogRequest, PaymentKey, SealedEntry, Snapshot } from '@paystrata/application';
import type { CommandId, OrganizationId, SubjectId } from '@paystrata/domain';

/** One entry as it is written: events as the very text that is kept, personal data sealed. */
export interface JournalEntry extends PaymentKey, SealedEntry {
  readonly expectedVersion: number;
  readonly commandId: CommandId;
  readonly subject: SubjectId;
}

export type JournalResult =
  | { readonly outcome: 'committed'; readonly position: number }
  | { readonly outcome: 'duplicate'; readonly version: number; readonly position: number }
  | { readonly outcome: 'wrong_version'; readonly actualVersion: number }
  /** Nothing was stored: the key that the entry is sealed with is about to be destroyed. Erase, seal anew, try again. */
  | { readonly outcome: 'erasing' };

export interface JournalEvent {
  readonly position: number;
  readonly text: string;
}

/** Personal data to be made unreadable: recorded with the event, done with when the key and the copies are gone. */
export interface Erasure {
  readonly organizationId: OrganizationId;
  readonly subject: SubjectId;
}

export interface JournalState {
  readonly snapshot: Snapshot | null;
  readonly appliedVersion: number | null;
  /** True while an erasure is not done with: do it first, then ask again. */
  readonly erasing: boolean;
}

export interface JournalPage {
  readonly events: readonly JournalEvent[];
  /** True where more events lie in the direction of reading. */
  readonly more: boolean;
  /** The last position of the log at a moment from which on the events were read. */
  readonly head: number;
  readonly erasing: boolean;
}

/** Everything throws `PortFailure`s that say whether something was stored. */
export interface Journal {
  readonly name: string;
  /** Opens, and brings the schema up to date. */
  start(): Promise<void>;
  stop(): Promise<void>;
  epoch(): string;
  /**
   * One transaction, entries in order, each seeing the earlier ones. Where it throws with any code but
   * `OUTCOME_UNKNOWN`, nothing of the batch was stored.
   */
  commit(batch: readonly JournalEntry[]): Promise<readonly JournalResult[]>;
  load(key: PaymentKey, commandId: CommandId | null): Promise<JournalState>;
  read(request: LogRequest): Promise<JournalPage>;
  /** Erasures that are not done with. */
  erasures(): Promise<readonly Erasure[]>;
  /** Purges the sealed parts of all snapshots of the subject and forgets the erasure. */
  purge(erasure: Erasure): Promise<void>;
}
