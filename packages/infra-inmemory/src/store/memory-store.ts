// A store of payments in memory: nothing is durable, every start begins a new life of the log.

import { randomBytes } from 'node:crypto';
import {
  PortFailure,
  type CommitEntry,
  type CommitResult,
  type Loaded,
  type LogPage,
  type LogRequest,
  type PaymentKey,
  type PaymentStore,
} from '@paystrata/application';
import type { CommandId } from '@paystrata/domain';
import { MemoryLog } from './memory-log.ts';

export interface MemoryStoreOptions {
  /** How the strategy around it is called. */
  readonly name?: string;
  /** Payments it takes, deleted ones included; one more fails with `STORE_FULL`. Null: as many as memory holds. */
  readonly maxPayments?: number | null;
}

/** An empty store. What it is given is frozen, what it answers is frozen. Forgets everything when it is stopped. */
export function createMemoryStore(options: MemoryStoreOptions = {}): PaymentStore {
  return new MemoryStore(options.name ?? 'memory-cqs', options.maxPayments ?? null);
}

class MemoryStore implements PaymentStore {
  readonly name: string;
  readonly capabilities = Object.freeze({
    durable: false,
    reads: 'immediate',
    globalOrder: 'commit',
    effects: 'runner',
  } as const);
  readonly #maxPayments: number | null;
  #life: { readonly epoch: string; readonly log: MemoryLog } | null = null;

  constructor(name: string, maxPayments: number | null) {
    this.name = name;
    this.#maxPayments = maxPayments;
  }

  async start(): Promise<void> {
    this.#life ??= { epoch: randomBytes(12).toString('hex'), log: new MemoryLog() };
  }

  async stop(): Promise<void> {
    this.#life = null;
  }

  epoch(): string {
    return this.#alive().epoch;
  }

  async load(key: PaymentKey, commandId: CommandId | null): Promise<Loaded> {
    const stream = this.#alive().log.stream(key);
    if (stream === undefined) return { payment: null, appliedVersion: null };
    const applied = commandId === null ? undefined : stream.commands.get(commandId);
    return { payment: stream.payment, appliedVersion: applied?.version ?? null };
  }

  async commit(entries: readonly CommitEntry[]): Promise<readonly CommitResult[]> {
    const { log } = this.#alive();
    for (const entry of entries) requireWhole(entry);
    return entries.map((entry) => this.#commitOne(log, entry));
  }

  async readAll(request: LogRequest): Promise<LogPage> {
    return this.#alive().log.read(request);
  }

  #commitOne(log: MemoryLog, entry: CommitEntry): CommitResult {
    const stream = log.stream(entry);
    const applied = stream?.commands.get(entry.commandId);
    if (applied !== undefined) {
      return { outcome: 'duplicate', version: applied.version, position: applied.position };
    }
    const actualVersion = stream?.payment.version ?? 0;
    if (actualVersion !== entry.expectedVersion) return { outcome: 'wrong_version', actualVersion };
    if (stream === undefined && this.#maxPayments !== null && log.payments >= this.#maxPayments) {
      return { outcome: 'failed', failure: full(this.#maxPayments) };
    }
    return { outcome: 'committed', position: log.append(entry).position };
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
