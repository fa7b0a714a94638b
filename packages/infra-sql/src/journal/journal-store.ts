// A payment store over a journal: seals and opens, commits in groups, and finishes erasures whatever happens.

import {
  PAYMENT_CATEGORY,
  PersonalVault,
  PortFailure,
  streamEnded,
  type CommitEntry,
  type CommitResult,
  type Keyring,
  type Loaded,
  type LogPage,
  type LogRequest,
  type PaymentDocument,
  type PaymentKey,
  type PaymentStore,
  type RecordedEvent,
  type SealedEntry,
} from '@paystrata/application';
import { evolveAll, noPersonalData, type CommandId, type PaymentState, type PersonalData } from '@paystrata/domain';
import { finishErasures } from './finish-erasures.ts';
import type { Journal, JournalState, StoredDocument } from './journal.ts';
import { journalEntry, refused, streamOf } from './payment-entries.ts';
import { requireKeyring } from './require-keyring.ts';
import { JournalCommits, shareJournal, type SharedJournal } from './shared-journal.ts';

/** A payment store in a database, and what can be had from it besides. */
export interface SqlPaymentStore extends PaymentStore {
  /** The journal that the payments are in, for other stores over the same log. To be used while the store is started. */
  readonly journal: SharedJournal;
  /** The payment with the position of its last event, as the last commit left it; null where there is none. */
  document(key: PaymentKey): Promise<PaymentDocument | null>;
  /** The last position of the log, of whatever category; 0 where there is none. */
  head(): Promise<number>;
}

export interface JournalStoreOptions {
  readonly journal: Journal;
  /** The keys that seal personal data; kept apart from the journal. */
  readonly keyring: Keyring;
  /** At most so many entries a transaction. */
  readonly maxBatch: number;
}

/** Events read and opened without a break, about 5 ms, and 20 ms of the largest; then others have their turn. */
const CHUNK = 250;

export function createJournalStore(options: JournalStoreOptions): SqlPaymentStore {
  return new JournalStore(options);
}

class JournalStore implements SqlPaymentStore {
  readonly name: string;
  readonly capabilities = { durable: true, reads: 'immediate', globalOrder: 'commit', effects: 'runner' } as const;
  readonly journal: SharedJournal;
  readonly #journal: Journal;
  readonly #keyring: Keyring;
  readonly #vault: PersonalVault;
  readonly #commits: JournalCommits;
  #state: 'new' | 'started' | 'stopped' = 'new';

  constructor({ journal, keyring, maxBatch }: JournalStoreOptions) {
    this.name = journal.name;
    this.#journal = journal;
    this.#keyring = keyring;
    this.#vault = new PersonalVault(keyring);
    this.#commits = new JournalCommits(journal, maxBatch);
    this.journal = shareJournal(journal, this.#commits);
  }

  async start(): Promise<void> {
    await this.#journal.start();
    try {
      await requireKeyring(this.#journal, this.#keyring, this.#vault);
      await this.#finishErasures();
    } catch (error) {
      await this.#journal.stop();
      throw error;
    }
    this.#state = 'started';
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
    const { document, appliedVersion } = await this.#stored(key, commandId);
    return { payment: document === null ? null : await this.#payment(key, document), appliedVersion };
  }

  async document(key: PaymentKey): Promise<PaymentDocument | null> {
    const { document } = await this.#stored(key, null);
    const payment = document === null ? null : await this.#payment(key, document);
    return payment === null || document === null ? null : { payment, position: document.position };
  }

  async head(): Promise<number> {
    this.#requireStarted();
    return this.#journal.head();
  }

  async commit(entries: readonly CommitEntry[]): Promise<readonly CommitResult[]> {
    this.#requireStarted();
    const sealed = await this.#sealAll(entries);
    this.#requireStarted();
    return Promise.all(entries.map((entry, index) => this.#commitOne(entry, sealed[index])));
  }

  async readAll(request: LogRequest): Promise<LogPage> {
    this.#requireStarted();
    const { direction, organizationId, paymentId } = request;
    const part = {
      category: PAYMENT_CATEGORY,
      ...(organizationId !== undefined && { organizationId }),
      ...(paymentId !== undefined && { id: paymentId }),
    };
    const events: RecordedEvent[] = [];
    let from = request.from;
    for (;;) {
      const limit = Math.min(CHUNK, request.limit - events.length);
      const page = await this.#journal.read({ direction, from, limit, ...part });
      if (page.erasing) {
        await this.#finishErasures();
        return this.readAll(request);
      }
      events.push(...(await this.#vault.openEvents(page.events)));
      from = page.events.at(-1)?.position ?? from;
      // What was committed while the head was looked up may have been read too.
      if (!page.more)
        return { events, next: endOf(request, Math.max(page.head, events.at(-1)?.position ?? 0)), end: true };
      if (events.length >= request.limit) return { events, next: from ?? 0, end: false };
      await new Promise(setImmediate);
      this.#requireStarted();
    }
  }

  async #stored(key: PaymentKey, commandId: CommandId | null): Promise<JournalState> {
    this.#requireStarted();
    const stored = await this.#journal.load(streamOf(key), commandId);
    if (!stored.erasing) return stored;
    await this.#finishErasures();
    return this.#stored(key, commandId);
  }

  /** Entries of one payment see what those before them make of its personal data. */
  #sealAll(entries: readonly CommitEntry[]): Promise<readonly (SealedEntry | PortFailure)[]> {
    const last = new Map<string, Promise<SealedEntry | PortFailure>>();
    const sealed = entries.map((entry) => {
      const name = `${entry.organizationId}/${entry.paymentId}`;
      const before = last.get(name);
      const sealing = this.#seal(entry, async () => {
        const each = await before;
        return each === undefined || each instanceof PortFailure ? this.#personal(entry) : each.personal;
      });
      last.set(name, sealing);
      return sealing;
    });
    return Promise.all(sealed);
  }

  async #seal(entry: CommitEntry, before: () => Promise<PersonalData>): Promise<SealedEntry | PortFailure> {
    try {
      return await this.#vault.sealEntry(entry, before);
    } catch (error) {
      return error instanceof PortFailure ? error : refused(entry, error);
    }
  }

  /** What is personal of a payment, as it is stored now. */
  async #personal(key: PaymentKey): Promise<PersonalData> {
    return (await this.load(key, null)).payment?.personal ?? noPersonalData;
  }

  async #commitOne(entry: CommitEntry, given?: SealedEntry | PortFailure): Promise<CommitResult> {
    const sealed = given ?? (await this.#seal(entry, () => this.#personal(entry)));
    if (sealed instanceof PortFailure) return { outcome: 'failed', failure: sealed };
    try {
      const result = await this.#commits.submit(journalEntry(entry, sealed));
      if (result.outcome === 'erasing') {
        await this.#finishErasures();
        return await this.#commitOne(entry);
      }
      if (result.outcome === 'ended') return { outcome: 'failed', failure: streamEnded(streamOf(entry)) };
      if (sealed.erased !== null && result.outcome !== 'wrong_version') await this.#tryFinishErasures();
      return result.outcome === 'committed' ? { outcome: 'committed', position: result.position } : result;
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

  #finishErasures(): Promise<void> {
    return finishErasures(this.#journal, this.#vault);
  }

  async #payment(key: PaymentKey, document: StoredDocument): Promise<PaymentState> {
    const { organizationId, paymentId } = key;
    const payment = await this.#vault.openPayment({ organizationId, paymentId, ...document });
    return payment ?? this.#fold(key);
  }

  /** For snapshots that another release wrote. */
  async #fold({ organizationId, paymentId }: PaymentKey): Promise<PaymentState> {
    const page = await this.readAll({ direction: 'forward', from: null, limit: 100_000, organizationId, paymentId });
    return evolveAll(null, page.events);
  }

  #requireStarted(): void {
    if (this.#state === 'started') return;
    const what = this.#state === 'new' ? 'is not started yet' : 'is stopped';
    throw new PortFailure('STORE_UNAVAILABLE', `the store ${this.name} ${what}`, { retryable: false });
  }
}

/** Everything up to there was considered: a follower of one payment need not look at the others' events again. */
function endOf({ direction, from }: LogRequest, head: number): number {
  if (direction === 'forward') return Math.max(head, from ?? 0);
  return head === 0 ? (from ?? 0) : 1;
}
