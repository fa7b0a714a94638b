// A store of payments in memory: nothing is durable, every start begins a new life of the log.

import { randomBytes } from 'node:crypto';
import {
  PortFailure,
  type CommitEntry,
  type CommitResult,
  type Loaded,
  type LogPage,
  type LogRequest,
  type PaymentDocument,
  type PaymentKey,
  type PaymentStore,
  type RecordedEvent,
} from '@paystrata/application';
import type { CommandId, OrganizationId } from '@paystrata/domain';
import { MemoryLog, type StoredOrganization } from './memory-log.ts';
import type { MemoryArchive } from './packed-events.ts';

export interface MemoryStoreOptions {
  /** How the strategy around it is called. */
  readonly name?: string;
  /** Payments it takes, deleted ones included; one more fails with `STORE_FULL`. Null: as many as memory holds. */
  readonly maxPayments?: number | null;
  /** What is kept equal to the payments, in the same step as each commit. */
  readonly projection?: MemoryStoreProjection;
}

export interface MemoryStoreProjection {
  /** A new life begins, or the old one has ended: there are no payments. */
  clear(): void;
  /** A payment as it was just committed; must not throw. */
  apply(document: PaymentDocument): void;
}

export interface MemoryStore extends PaymentStore {
  /** Of the last event that was committed; 0 where there is none. */
  position(): number;
  /**
   * The next position of the log, for an event that is kept elsewhere: who reads the payments passes over it, and there
   * is one order for both.
   */
  takePosition(): number;
  /** Undefined where a position has no event of a payment. */
  eventAt(position: number): RecordedEvent | undefined;
  /** Of the payment's events, in the order of versions; empty where there is no such payment. */
  positionsOf(key: PaymentKey): readonly number[];
  /** In the order in which they came. */
  organizations(): readonly StoredOrganization[];
  /**
   * Forgets an organization as if it had never been. The positions of its events stay taken: readers of the log pass
   * over them, and those of other organizations keep their places.
   *
   * @returns what there was of it; undefined where there was nothing.
   */
  drop(organizationId: OrganizationId): StoredOrganization | undefined;
  /**
   * Compresses old events, in chunks of 16,384 in the order of the log that hold no others; they read as before, only
   * slower. @returns what is compressed now, all calls together.
   */
  archive(isOld: (event: RecordedEvent) => boolean): Promise<MemoryArchive>;
}

/** An empty store. What it is given is frozen, what it answers is frozen. Forgets everything when it is stopped. */
export function createMemoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  return new PaymentsInMemory(options);
}

class PaymentsInMemory implements MemoryStore {
  readonly name: string;
  readonly capabilities = Object.freeze({
    durable: false,
    reads: 'immediate',
    globalOrder: 'commit',
    effects: 'runner',
  } as const);
  readonly #maxPayments: number | null;
  readonly #projection: MemoryStoreProjection | null;
  #life: { readonly epoch: string; readonly log: MemoryLog } | null = null;

  constructor({ name = 'memory-cqs', maxPayments = null, projection }: MemoryStoreOptions) {
    this.name = name;
    this.#maxPayments = maxPayments;
    this.#projection = projection ?? null;
  }

  async start(): Promise<void> {
    if (this.#life !== null) return;
    this.#projection?.clear();
    this.#life = { epoch: randomBytes(12).toString('hex'), log: new MemoryLog() };
  }

  async stop(): Promise<void> {
    this.#life = null;
    this.#projection?.clear();
  }

  position(): number {
    return this.#alive().log.length;
  }

  takePosition(): number {
    return this.#alive().log.takePosition();
  }

  eventAt(position: number): RecordedEvent | undefined {
    return this.#alive().log.at(position);
  }

  positionsOf(key: PaymentKey): readonly number[] {
    return this.#alive().log.stream(key)?.positions ?? [];
  }

  epoch(): string {
    return this.#alive().epoch;
  }

  organizations(): readonly StoredOrganization[] {
    return this.#alive().log.organizations();
  }

  drop(organizationId: OrganizationId): StoredOrganization | undefined {
    return this.#alive().log.drop(organizationId);
  }

  async archive(isOld: (event: RecordedEvent) => boolean): Promise<MemoryArchive> {
    return this.#alive().log.archive(isOld);
  }

  load(key: PaymentKey, commandId: CommandId | null): Loaded {
    const { log } = this.#alive();
    const stream = log.stream(key);
    if (stream === undefined) return { payment: null, appliedVersion: null };
    const applied = commandId === null ? undefined : log.applied(stream, commandId);
    return { payment: stream.payment, appliedVersion: applied?.version ?? null };
  }

  commit(entries: readonly CommitEntry[]): readonly CommitResult[] {
    const { log } = this.#alive();
    for (const entry of entries) requireWhole(entry);
    return entries.map((entry) => this.#commitOne(log, entry));
  }

  async readAll(request: LogRequest): Promise<LogPage> {
    return this.#alive().log.read(request);
  }

  #commitOne(log: MemoryLog, entry: CommitEntry): CommitResult {
    const stream = log.stream(entry);
    const applied = stream === undefined ? undefined : log.applied(stream, entry.commandId);
    if (applied !== undefined) {
      return { outcome: 'duplicate', version: applied.version, position: applied.position };
    }
    const actualVersion = stream?.payment.version ?? 0;
    if (actualVersion !== entry.expectedVersion) return { outcome: 'wrong_version', actualVersion };
    if (stream === undefined && this.#maxPayments !== null && log.payments >= this.#maxPayments) {
      return { outcome: 'failed', failure: full(this.#maxPayments) };
    }
    const events = log.append(entry, stream);
    const position = log.length;
    this.#projection?.apply({ payment: entry.payment, position });
    return { outcome: 'committed', position, events };
  }

  #alive() {
    if (this.#life === null) {
      throw new PortFailure('STORE_UNAVAILABLE', `store ${this.name} is not started: await start() first`);
    }
    return this.#life;
  }
}

/** A bug of the caller, found before anything is stored. */
function requireWhole({ events, expectedVersion, payment, paymentId, commandId }: CommitEntry): void {
  const inOrder = events.every((event, index) => event.version === expectedVersion + index + 1);
  if (events.length > 0 && inOrder && payment.version === expectedVersion + events.length) return;
  throw new Error(`command ${commandId} on payment ${paymentId}: its events do not follow version ${expectedVersion}`);
}

function full(maxPayments: number): PortFailure {
  return new PortFailure('STORE_FULL', `the store holds ${maxPayments} payments and takes no more: raise maxPayments`, {
    details: { maxPayments },
  });
}
