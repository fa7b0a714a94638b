// Many orders in few commits. What does not go through at once is executed again by itself.

import { PortFailure } from '../ports/failures.ts';
import type { CommitEntry, CommitResult, Loaded } from '../ports/payment-store.ts';
import type { BulkResult, WriteOrder } from '../ports/write-model.ts';
import { createsPayment, type StoreWriteModel } from './store-write-model.ts';

/** Orders by their place in the bulk. */
type Round = Map<number, WriteOrder>;

/** Results in the order of the orders; an order sees those before it on the same payment, never those after it. */
export async function executeBulk(
  model: StoreWriteModel,
  orders: readonly WriteOrder[],
): Promise<readonly BulkResult[]> {
  const results = new Map<number, BulkResult>();
  for (const round of roundsOf(orders)) {
    const { results: committed, unknown } = await commitRound(model, round);
    for (const [place, order] of round) {
      results.set(place, committed.get(place) ?? (await alone(model, order, unknown.get(place) ?? null)));
    }
  }
  return orders.map((_, place) => {
    const result = results.get(place);
    if (result === undefined) throw new Error(`order ${place} of a bulk was never executed`);
    return result;
  });
}

/**
 * The orders in their order, cut where a payment comes again. Two orders of one payment in the same commit would be
 * decided upon each other before either is stored: if somebody else took the place of the first, the second would be
 * stored with a state that never was.
 */
function roundsOf(orders: readonly WriteOrder[]): readonly Round[] {
  const rounds: Round[] = [];
  let round: Round = new Map<number, WriteOrder>();
  let payments = new Set<string>();
  for (const [place, order] of orders.entries()) {
    const key = `${order.organizationId}/${order.paymentId}`;
    if (payments.has(key) || place === 0) {
      round = new Map<number, WriteOrder>();
      payments = new Set();
      rounds.push(round);
    }
    round.set(place, order);
    payments.add(key);
  }
  return rounds;
}

interface CommittedRound {
  /** Of what was committed at once, or could not be because the store was not there. */
  readonly results: ReadonlyMap<number, BulkResult>;
  /** What may have been stored. */
  readonly unknown: ReadonlyMap<number, PortFailure>;
}

async function commitRound(model: StoreWriteModel, round: Round): Promise<CommittedRound> {
  const entries = await decideRound(model, round);
  const places = [...entries.keys()];
  const results = new Map<number, BulkResult>();
  const unknown = new Map<number, PortFailure>();
  let outcomes: readonly CommitResult[] = [];
  try {
    if (places.length > 0) outcomes = await model.commit([...entries.values()]);
  } catch (error) {
    // Earlier rounds are stored: what the store could not do now is said of these orders alone.
    if (!(error instanceof PortFailure)) throw error;
    for (const place of places) results.set(place, { ok: false, failure: error });
  }
  for (const [index, outcome] of outcomes.entries()) {
    const place = places[index];
    const entry = place === undefined ? undefined : entries.get(place);
    if (place === undefined || entry === undefined) continue;
    if (outcome.outcome === 'failed' && outcome.failure.code === 'OUTCOME_UNKNOWN') unknown.set(place, outcome.failure);
    if (outcome.outcome !== 'committed') continue;
    results.set(place, { ok: true, receipt: model.committed(entry, outcome) });
  }
  return { results, unknown };
}

async function decideRound(model: StoreWriteModel, round: Round): Promise<Map<number, CommitEntry>> {
  const entries = new Map<number, CommitEntry>();
  for (const [place, order] of round) {
    const loaded = createsPayment(order) ? null : await loadOrLeave(model, order);
    if (loaded === 'left' || (loaded !== null && loaded.appliedVersion !== null)) continue;
    const entry = model.entryFor(order, loaded?.payment ?? null);
    if (entry !== null) entries.set(place, entry);
  }
  return entries;
}

/** What cannot be loaded now is left for its own turn, which says why. */
async function loadOrLeave(model: StoreWriteModel, order: WriteOrder): Promise<Loaded | 'left'> {
  try {
    return await model.load(order);
  } catch (error) {
    if (error instanceof PortFailure) return 'left';
    throw error;
  }
}

/** @param unknown what the common commit answered where the order may be stored: then a failure says no more than that */
async function alone(model: StoreWriteModel, order: WriteOrder, unknown: PortFailure | null): Promise<BulkResult> {
  try {
    return await model.execute(order);
  } catch (error) {
    if (!(error instanceof PortFailure)) throw error;
    const isKnown = unknown === null || error.code === 'WRONG_EXPECTED_VERSION';
    return { ok: false, failure: isKnown ? error : unknown };
  }
}
