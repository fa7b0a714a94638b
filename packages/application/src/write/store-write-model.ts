// The write side of every strategy that has a store: load, decide, commit; a lost race is decided again.

import { decide, type PaymentState } from '@paystrata/domain';
import { PortFailure } from '../ports/failures.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { RecordedEvent } from '../events/recorded-event.ts';
import type { CommitEntry, CommitResult, PaymentStore } from '../ports/payment-store.ts';
import type { Receipt, WriteModel, WriteOrder, WriteResult } from '../ports/write-model.ts';
import { executeBulk } from './bulk.ts';
import { commitEntry } from './commit-entry.ts';
import { Lanes } from './lanes.ts';
import { readStream, receiptOf, receiptOfNothing, replayedReceipt, type Committed } from './receipts.ts';

/** How often a decision is made anew after a lost race. */
export const LOST_RACES = 5;
/** How often a commit whose answer was lost is sent again; it is idempotent by command id. */
const LOST_ANSWERS = 3;

export interface StoreWriteModelOptions {
  readonly store: PaymentStore;
  readonly ids: Ids;
  readonly clock: Clock;
  /** Told of every commit, in the order of commits of each payment; must not throw. */
  readonly onCommitted?: (events: readonly RecordedEvent[]) => void;
}

export function createStoreWriteModel(options: StoreWriteModelOptions): WriteModel {
  const model = new StoreWriteModel(options);
  return {
    execute: (order) => model.execute(order),
    executeBulk: (orders) => executeBulk(model, orders),
  };
}

export class StoreWriteModel {
  readonly #options: StoreWriteModelOptions;
  readonly #lanes = new Lanes();

  constructor(options: StoreWriteModelOptions) {
    this.#options = options;
  }

  execute(order: WriteOrder): Promise<WriteResult> {
    return this.#lanes.run(`${order.organizationId}/${order.paymentId}`, () => this.#execute(order));
  }

  /** Decides upon a state that may be outdated: the commit finds out. Null: refused, or nothing to change. */
  entryFor(order: WriteOrder, state: PaymentState): CommitEntry | null {
    if (order.expectedVersion !== null && order.expectedVersion !== (state?.version ?? 0)) return null;
    const decision = decide(order.command, state);
    if (!decision.accepted || decision.events.length === 0) return null;
    return commitEntry(order, state, decision.events, this.#options.ids);
  }

  load(order: WriteOrder) {
    return this.#options.store.load(order, order.commandId);
  }

  commit(entries: readonly CommitEntry[]): Promise<readonly CommitResult[]> {
    return this.#options.store.commit(entries);
  }

  committed(entry: CommitEntry, result: Committed): Receipt {
    const receipt = receiptOf(entry, result, this.#options.store.epoch());
    this.#options.onCommitted?.(receipt.events);
    return receipt;
  }

  async #execute(order: WriteOrder): Promise<WriteResult> {
    let optimistic = createsPayment(order);
    for (let lost = 0; ;) {
      const loaded = optimistic ? nothing : await this.load(order);
      if (loaded.appliedVersion !== null) return this.#replay(order);
      const state = loaded.payment;
      if (!optimistic) requireVersion(order, state);
      const decision = decide(order.command, state);
      if (!decision.accepted && optimistic) {
        // The payment may exist, and the command may be known: only then it is known why it is refused.
        optimistic = false;
        continue;
      }
      if (!decision.accepted) return { ok: false, rejection: decision.rejection };
      if (decision.events.length === 0) return this.#unchanged(state);
      const entry = commitEntry(order, state, decision.events, this.#options.ids);
      const result = await this.#commitOne(entry);
      if (result.outcome === 'committed') return { ok: true, receipt: this.committed(entry, result) };
      if (result.outcome === 'duplicate') return this.#replay(order);
      if (result.outcome === 'failed') throw result.failure;
      if (optimistic) optimistic = false;
      else if (++lost > LOST_RACES) throw lostRace(order, entry.expectedVersion, result.actualVersion);
      else await this.#options.clock.sleep(2 ** lost);
    }
  }

  /** Once an answer was lost, no failure to send the entry again says that it was not stored. */
  async #commitOne(entry: CommitEntry): Promise<CommitResult> {
    let unknown: CommitResult | null = null;
    for (let sent = 1; ; sent++) {
      const result: CommitResult = unknown === null ? await this.#send(entry) : await this.#sendAgain(entry);
      if (result.outcome !== 'failed') return result;
      if (result.failure.code === 'OUTCOME_UNKNOWN') unknown = result;
      if (unknown === null) return result;
      if (sent === LOST_ANSWERS) return unknown;
      await this.#options.clock.sleep(10 ** sent);
    }
  }

  async #send(entry: CommitEntry): Promise<CommitResult> {
    const [result] = await this.commit([entry]);
    if (result === undefined) throw new Error(`store ${this.#options.store.name} answered nothing to a commit`);
    return result;
  }

  async #sendAgain(entry: CommitEntry): Promise<CommitResult> {
    try {
      return await this.#send(entry);
    } catch (error) {
      if (error instanceof PortFailure) return { outcome: 'failed', failure: error };
      throw error;
    }
  }

  /** @throws PortFailure `OUTCOME_UNKNOWN` where what the command came to cannot be read: it did something. */
  async #replay(order: WriteOrder): Promise<WriteResult> {
    try {
      const stream = await readStream(this.#options.store, order);
      return { ok: true, receipt: replayedReceipt(order, stream, order.commandId, this.#options.store.epoch()) };
    } catch (cause) {
      if (!(cause instanceof PortFailure)) throw cause;
      throw new PortFailure('OUTCOME_UNKNOWN', `what the command came to cannot be read now: ${cause.message}`, {
        cause,
      });
    }
  }

  #unchanged(state: PaymentState): WriteResult {
    if (state === null) throw new Error('nothing to change on a payment that does not exist');
    return { ok: true, receipt: receiptOfNothing(state, this.#options.store.epoch()) };
  }
}

const nothing = Object.freeze({ payment: null, appliedVersion: null });

/** Creations are decided without looking first: the commit finds out whether the payment exists. */
export function createsPayment(order: WriteOrder): boolean {
  const { type } = order.command;
  return order.expectedVersion === null && (type === 'CreatePayment' || type === 'ImportSettledPayment');
}

function requireVersion(order: WriteOrder, state: PaymentState): void {
  if (order.expectedVersion === null || state === null || order.expectedVersion === state.version) return;
  throw lostRace(order, order.expectedVersion, state.version);
}

function lostRace(order: WriteOrder, expected: number, actual: number): PortFailure {
  return new PortFailure(
    'WRONG_EXPECTED_VERSION',
    `payment ${order.paymentId} is at version ${actual}, not ${expected}: read it again and decide anew`,
    { details: { expected, actual } },
  );
}
