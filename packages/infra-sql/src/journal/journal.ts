// The journal: what a database has to be able to do so that stores can stand on it. Texts only, nothing is read.

import type { ExpectedVersion, StreamName } from '@paystrata/application';
import type { OrganizationId, SubjectId } from '@paystrata/domain';
import type { ArchiveReader } from '../archive/archive-reader.ts';
import type { LogTables } from '../archive/log-tables.ts';

/** One append, whole or not at all. */
export interface JournalEntry {
  readonly stream: StreamName;
  readonly expected: ExpectedVersion;
  /** At least one. */
  readonly events: readonly NewText[];
  /** What is kept beside the stream; null leaves it as it is. */
  readonly document: JournalDocument | null;
  /** The subject whose personal data the entry erases, where it does. */
  readonly erased: SubjectId | null;
}

/** An event as it is written: the very text that is kept and hashed, personal data sealed. */
interface NewText {
  /** By which an append is known again, unique in its stream; null where another event of the append has one. */
  readonly id: string | null;
  readonly text: string;
}

/** The newest snapshot of a stream. */
interface JournalDocument {
  readonly subject: SubjectId;
  readonly state: string;
  /** The sealed personal part; null where there is none, and where it is to be kept. */
  readonly sealed: string | null;
  /** True where what is sealed of it stays as it is. */
  readonly keepSealed: boolean;
}

export type JournalResult =
  | { readonly outcome: 'committed'; readonly version: number; readonly position: number }
  /** The stream has one of the ids already: nothing was stored. Where the last event with one of them is. */
  | { readonly outcome: 'duplicate'; readonly version: number; readonly position: number }
  | { readonly outcome: 'wrong_version'; readonly actualVersion: number }
  /** Nothing was stored: the stream has a tombstone. */
  | { readonly outcome: 'ended' }
  /** Nothing was stored: the key that the entry is sealed with is about to be destroyed. Erase, seal anew, try again. */
  | { readonly outcome: 'erasing' };

export interface JournalEvent {
  readonly stream: StreamName;
  readonly position: number;
  readonly version: number;
  readonly text: string;
  /** SHA-256 over the chain of the stream's previous event (32 zero bytes before the first) and the text in UTF-8. */
  readonly chain: Uint8Array;
}

/** An event as its row has it: one that was archived has no text, but names the segment that holds it. */
export interface EventRow extends Omit<JournalEvent, 'text'> {
  readonly text: string | null;
  readonly segment: number | null;
}

/** Personal data to be made unreadable: recorded with the event, done with when the key and the copies are gone. */
export interface Erasure {
  /** Tells it from an earlier and a later one of the same subject. */
  readonly id: number;
  readonly organizationId: OrganizationId;
  readonly subject: SubjectId;
  /** The key that it destroys, empty where the subject had none; null until the first who finishes it has said. */
  readonly keyId: string | null;
}

/** A document as it is kept. */
export interface StoredDocument {
  readonly subject: string;
  readonly state: string;
  readonly sealed: string | null;
  /** Of the stream's last event. */
  readonly position: number;
}

/** A document with a sealed part, and whose it is. */
export interface SealedSnapshot extends StoredDocument {
  readonly stream: StreamName;
  readonly sealed: string;
}

export interface JournalState {
  readonly document: StoredDocument | null;
  /** The version of the event with the id that was asked about; null where the stream has none. */
  readonly appliedVersion: number | null;
  /** True while an erasure is not done with: do it first, then ask again. */
  readonly erasing: boolean;
}

/** All that is given must hold. */
export interface JournalRequest {
  readonly direction: 'forward' | 'backward';
  /** Forward: events after this position. Backward: events before it. Null: from the respective end. */
  readonly from: number | null;
  readonly limit: number;
  readonly organizationId?: OrganizationId;
  readonly category?: string;
  /** The name of a stream in the category; without an organization, of whichever has such a stream. */
  readonly id?: string;
}

export interface JournalPage {
  readonly events: readonly JournalEvent[];
  /** True where more events lie in the direction of reading. */
  readonly more: boolean;
  /** The last position of the log at a moment from which on the events were read. */
  readonly head: number;
  readonly erasing: boolean;
}

export interface StreamRange {
  readonly direction: 'forward' | 'backward';
  /** The first version to read, included; null: from the respective end. */
  readonly from: number | null;
  readonly limit: number;
}

export interface JournalStreamPage {
  readonly events: readonly JournalEvent[];
  /** The stream's version at the moment of reading; 0 where it has no event. */
  readonly streamVersion: number;
}

/** What is said of a stream. The revision counts the changes; 0: never set. */
export interface JournalMetadata {
  readonly text: string | null;
  readonly revision: number;
}

/** Everything throws `PortFailure`s that say whether something was stored. */
export interface Journal {
  readonly name: string;
  /** Opens, and brings the schema up to date. A log that was restored from elsewhere begins a new epoch. */
  start(): Promise<void>;
  stop(): Promise<void>;
  epoch(): string;
  /**
   * One transaction, entries in order, each seeing the earlier ones. An entry is first known again by its ids, then a
   * tombstone ends it, then the version is compared. Where it throws with any code but `OUTCOME_UNKNOWN`, nothing of
   * the batch was stored.
   */
  commit(batch: readonly JournalEntry[]): Promise<readonly JournalResult[]>;
  load(stream: StreamName, id: string | null): Promise<JournalState>;
  /** In the order of positions. */
  read(request: JournalRequest): Promise<JournalPage>;
  /** In the order of versions. */
  readStream(stream: StreamName, range: StreamRange): Promise<JournalStreamPage>;
  /** The last position; 0 where there is none. */
  head(): Promise<number>;
  metadata(stream: StreamName): Promise<JournalMetadata>;
  /** @returns null where the text was set; else the revision, which is another than expected. */
  setMetadata(stream: StreamName, text: string, expectedRevision: number): Promise<number | null>;
  /** Ends the stream for ever, once; which need not exist. @returns the version where it is another, else null. */
  tombstone(stream: StreamName, expected: ExpectedVersion): Promise<number | null>;
  /** The tables themselves, for what is done with whole parts of the log. */
  tables(): LogTables;
  readonly archive: ArchiveReader;
  /** Erasures that are not done with. */
  erasures(): Promise<readonly Erasure[]>;
  /**
   * Says once and for all which key an erasure destroys: whoever finishes it too, however late, destroys none that was made
   * since. @returns the one that was said first; null where the erasure is done with
   */
  nameErasedKey(erasure: Erasure, keyId: string): Promise<string | null>;
  /** The fingerprint of the keyring that seals this log; null while none was written down. */
  keyring(): Promise<string | null>;
  /** Writes it down where none is. @returns the one that stands there now, which another process may have written */
  claimKeyring(fingerprint: string): Promise<string>;
  /** Of the snapshots with a sealed part, the one of the newest stream that no erasure is about to purge. */
  newestSealed(): Promise<SealedSnapshot | null>;
  /** Purges the sealed parts of all snapshots of the subject and forgets the erasure; nothing where it is forgotten. */
  purge(erasure: Erasure): Promise<void>;
}
