// The write side of every strategy that has a store: load, decide, commit; a lost race is decided again.

import { decide, type PaymentState } from '@paystrata/domain';
import { PortFailure } from '../ports/failures.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { RecordedEvent } from '../events/recorded-event.ts';
import type { CommitEntry, CommitResult, Loaded, PaymentStore } from '../ports/payment-store.ts';
import { onceThere, type Soon } from '../ports/soon.ts';
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

  execute(order: WriteOrder): Soon<WriteResult> {
    return this.#lanes.run(`${order.organizationId}/${order.paymentId}`, () => this.#execute(order));
  }

  /** Decides upon a state that may be outdated: the commit finds out. Null: refused, or nothing to change. */
  entryFor(order: WriteOrder, state: PaymentState): CommitEntry | null {
    if (order.expectedVersion !== null && order.expectedVersion !== (state?.version ?? 0)) return null;
    const decision = decide(order.command, state);
    if (!decision.accepted || decision.events.length === 0) return null;
    return commitEntry(order, state, decision.events, this.#options.ids);
  }

  load(order: WriteOrder): Soon<Loaded> {
    return this.#options.store.load(order, order.commandId);
  }

  commit(entries: readonly CommitEntry[]): Soon<readonly CommitResult[]> {
    return this.#options.store.commit(entries);
  }

  committed(entry: CommitEntry, result: Committed): Receipt {
    const receipt = receiptOf(entry, result, this.#options.store.epoch());
    this.#options.onCommitted?.(receipt.events);
    return receipt;
  }

  /** Everything happens at once, without a promise, where the store has its answers at once. */
  #execute(order: WriteOrder, turn: Turn = { optimistic: createsPayment(order), lost: 0 }): Soon<WriteResult> {
    return onceThere(turn.optimistic ? nothing : this.load(order), (loaded) => this.#decide(order, loaded, turn));
  }

  #decide(order: WriteOrder, { payment: state, appliedVersion }: Loaded, turn: Turn): Soon<WriteResult> {
    if (appliedVersion !== null) return this.#replay(order);
    if (!turn.optimistic) requireVersion(order, state);
    const decision = decide(order.command, state);
    // The payment may exist, and the command may be known: only then it is known why it is refused.
    if (!decision.accepted && turn.optimistic) return this.#execute(order, { ...turn, optimistic: false });
    if (!decision.accepted) return { ok: false, rejection: decision.rejection };
    if (decision.events.length === 0) return this.#unchanged(state);
    const entry = commitEntry(order, state, decision.events, this.#options.ids);
    return onceThere(this.#commitOne(entry), (result) => this.#answer(order, entry, result, turn));
  }

  #answer(order: WriteOrder, entry: CommitEntry, result: CommitResult, turn: Turn): Soon<WriteResult> {
    if (result.outcome === 'committed') return { ok: true, receipt: this.committed(entry, result) };
    if (result.outcome === 'duplicate') return this.#replay(order);
    if (result.outcome === 'failed') throw result.failure;
    if (turn.optimistic) return this.#execute(order, { ...turn, optimistic: false });
    const lost = turn.lost + 1;
    if (lost > LOST_RACES) throw lostRace(order, entry.expectedVersion, result.actualVersion);
    return this.#options.clock.sleep(2 ** lost).then(() => this.#execute(order, { ...turn, lost }));
  }

  #commitOne(entry: CommitEntry): Soon<CommitResult> {
    return onceThere(this.#send(entry), (result) =>
      result.outcome === 'failed' && result.failure.code === 'OUTCOME_UNKNOWN'
        ? this.#sendAgain(entry, result)
        : result,
    );
  }

  #send(entry: CommitEntry): Soon<CommitResult> {
    return onceThere(this.commit([entry]), ([result]) => {
      if (result === undefined) throw new Error(`store ${this.#options.store.name} answered nothing to a commit`);
      return result;
    });
  }

  /** Once an answer was lost, no failure to send the entry again says that it was not stored. */
  async #sendAgain(entry: CommitEntry, unknown: CommitResult): Promise<CommitResult> {
    for (let sent = 1; sent < LOST_ANSWERS; sent++) {
      await this.#options.clock.sleep(10 ** sent);
      const result = await this.#sendOnce(entry);
      if (result.outcome !== 'failed') return result;
      if (result.failure.code === 'OUTCOME_UNKNOWN') unknown = result;
    }
    return unknown;
  }

  async #sendOnce(entry: CommitEntry): Promise<CommitResult> {
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

const nothing: Loaded = Object.freeze({ payment: null, appliedVersion: null });

/** Which try it is. */
interface Turn {
  /** Decided without looking first whether there is such a payment. */
  readonly optimistic: boolean;
  /** Races that were lost so far. */
  readonly lost: number;
}

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
