// A payment store over a journal: seals and opens, commits in groups, and finishes erasures whatever happens.

import {
  PersonalVault,
  PortFailure,
  type CommitEntry,
  type CommitResult,
  type Keyring,
  type Loaded,
  type LogPage,
  type LogRequest,
  type PaymentKey,
  type PaymentStore,
  type RecordedEvent,
  type Snapshot,
} from '@paystrata/application';
import { evolveAll, type CommandId, type PaymentState } from '@paystrata/domain';
import { GroupCommit } from '../commit/group-commit.ts';
import type { Journal, JournalEntry, JournalEvent, JournalResult } from './journal.ts';

export interface JournalStoreOptions {
  readonly journal: Journal;
  /** The keys that seal personal data; kept apart from the journal. */
  readonly keyring: Keyring;
  /** At most so many entries a transaction. */
  readonly maxBatch: number;
}

/** Characters of text a transaction, so that large entries make small batches. */
const MAX_BATCH_CHARACTERS = 2_000_000;
/** Events read and opened without a break, about 10 ms; then others have their turn. */
const CHUNK = 500;

export function createJournalStore({ journal, keyring, maxBatch }: JournalStoreOptions): PaymentStore {
  return new JournalStore(journal, new PersonalVault(keyring), maxBatch);
}

class JournalStore implements PaymentStore {
  readonly name: string;
  readonly capabilities = { durable: true, reads: 'immediate', globalOrder: 'commit', effects: 'runner' } as const;
  readonly #journal: Journal;
  readonly #vault: PersonalVault;
  readonly #commits: GroupCommit<JournalEntry, JournalResult>;
  #state: 'new' | 'started' | 'stopped' = 'new';

  constructor(journal: Journal, vault: PersonalVault, maxBatch: number) {
    this.name = journal.name;
    this.#journal = journal;
    this.#vault = vault;
    this.#commits = new GroupCommit({
      run: (batch) => journal.commit(batch),
      concernsAll: (error) => error instanceof PortFailure && concernsAll.has(error.code),
      maxItems: maxBatch,
      maxWeight: MAX_BATCH_CHARACTERS,
      weigh: (entry) => entry.events.reduce((sum, text) => sum + text.length, entry.state.length),
    });
  }

  async start(): Promise<void> {
    await this.#journal.start();
    this.#state = 'started';
    await this.#finishErasures();
  }

  async stop(): Promise<void> {
    this.#state = 'stopped';
    await this.#commits.idle();
    await this.#journal.stop();
  }

  epoch(): string {
    return this.#journal.epoch();
  }

  async load(key: PaymentKey, commandId: CommandId | null): Promise<Loaded> {
    this.#requireStarted();
    const { snapshot, appliedVersion, erasing } = await this.#journal.load(key, commandId);
    if (erasing) {
      await this.#finishErasures();
      return this.load(key, commandId);
    }
    return { payment: snapshot === null ? null : await this.#payment(snapshot), appliedVersion };
  }

  async commit(entries: readonly CommitEntry[]): Promise<readonly CommitResult[]> {
    this.#requireStarted();
    const sealed = await Promise.all(entries.map((entry) => this.#seal(entry)));
    this.#requireStarted();
    return Promise.all(entries.map((entry, index) => this.#commitOne(entry, sealed[index])));
  }

  async readAll(request: LogRequest): Promise<LogPage> {
    this.#requireStarted();
    const events: RecordedEvent[] = [];
    let from = request.from;
    for (;;) {
      const limit = Math.min(CHUNK, request.limit - events.length);
      const page = await this.#journal.read({ ...request, from, limit });
      if (page.erasing) {
        await this.#finishErasures();
        return this.readAll(request);
      }
      events.push(...(await this.#open(page.events)));
      from = page.events.at(-1)?.position ?? from;
      if (!page.more) return { events, next: endOf(request, page.head), end: true };
      if (events.length >= request.limit) return { events, next: from ?? 0, end: false };
      await new Promise(setImmediate);
      this.#requireStarted();
    }
  }

  async #seal(entry: CommitEntry): Promise<JournalEntry | PortFailure> {
    const { organizationId, paymentId, commandId, expectedVersion, payment } = entry;
    try {
      const sealed = await this.#vault.sealEntry(entry);
      return { organizationId, paymentId, commandId, expectedVersion, subject: payment.subject, ...sealed };
    } catch (error) {
      return error instanceof PortFailure ? error : refused(entry, error);
    }
  }

  async #commitOne(entry: CommitEntry, given?: JournalEntry | PortFailure): Promise<CommitResult> {
    const sealed = given ?? (await this.#seal(entry));
    if (sealed instanceof PortFailure) return { outcome: 'failed', failure: sealed };
    try {
      const result = await this.#commits.submit(sealed);
      if (result.outcome === 'erasing') {
        await this.#finishErasures();
        return await this.#commitOne(entry);
      }
      if (sealed.erased !== null && result.outcome !== 'wrong_version') await this.#tryFinishErasures();
      return result;
    } catch (error) {
      return { outcome: 'failed', failure: error instanceof PortFailure ? error : refused(entry, error) };
    }
  }

  /** The erasure stands in the journal: whoever reads next finishes it first, or fails. */
  async #tryFinishErasures(): Promise<void> {
    try {
      await this.#finishErasures();
    } catch (error) {
      if (!(error instanceof PortFailure)) throw error;
    }
  }

  /** First the key, then the copies: the other way round a crash in between would leave a key that nobody destroys. */
  async #finishErasures(): Promise<void> {
    for (const erasure of await this.#journal.erasures()) {
      await this.#vault.destroy(erasure.organizationId, erasure.subject);
      await this.#journal.purge(erasure);
    }
  }

  async #payment(snapshot: Snapshot): Promise<PaymentState> {
    const payment = await this.#vault.openPayment(snapshot);
    return payment ?? this.#fold(snapshot);
  }

  /** For snapshots that another release wrote. */
  async #fold({ organizationId, paymentId }: PaymentKey): Promise<PaymentState> {
    const page = await this.readAll({ direction: 'forward', from: null, limit: 100_000, organizationId, paymentId });
    return evolveAll(null, page.events);
  }

  #open(events: readonly JournalEvent[]): Promise<readonly RecordedEvent[]> {
    return this.#vault.openEvents(events);
  }

  #requireStarted(): void {
    if (this.#state === 'started') return;
    const what = this.#state === 'new' ? 'is not started yet' : 'is stopped';
    throw new PortFailure('STORE_UNAVAILABLE', `the store ${this.name} ${what}`, { retryable: false });
  }
}

/** Failures of the database, not of one entry. */
const concernsAll: ReadonlySet<string> = new Set(['STORE_UNAVAILABLE', 'STORE_FULL', 'OUTCOME_UNKNOWN']);

/** The database takes every entry that the tables allow: one that it refuses does not go with what is stored. */
function refused({ organizationId, paymentId }: CommitEntry, cause: unknown): PortFailure {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new PortFailure(
    'STORE_DAMAGED',
    `payment ${organizationId}/${paymentId}: the database refuses the entry, nothing of it was stored: ${why}`,
    { cause },
  );
}

/** Everything up to there was considered: a follower of one payment need not look at the others' events again. */
function endOf({ direction, from }: LogRequest, head: number): number {
  if (direction === 'forward') return Math.max(head, from ?? 0);
  return head === 0 ? (from ?? 0) : 1;
}
