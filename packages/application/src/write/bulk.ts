// Many orders in one commit. What does not go through at once is executed again by itself.

import type { PaymentState } from '@paystrata/domain';
import { PortFailure } from '../ports/failures.ts';
import type { CommitEntry } from '../ports/payment-store.ts';
import type { BulkResult, WriteOrder } from '../ports/write-model.ts';
import { createsPayment, type StoreWriteModel } from './store-write-model.ts';

/** Results in the order of the orders; an order sees those before it, on the same payment too. */
export async function executeBulk(
  model: StoreWriteModel,
  orders: readonly WriteOrder[],
): Promise<readonly BulkResult[]> {
  const entries = await decideAll(model, orders);
  const results = new Map<number, BulkResult>();
  const pending = [...entries.keys()];
  const outcomes = pending.length === 0 ? [] : await model.commit([...entries.values()]);
  for (const [index, outcome] of outcomes.entries()) {
    const place = pending[index];
    const entry = place === undefined ? undefined : entries.get(place);
    if (place === undefined || entry === undefined || outcome.outcome !== 'committed') continue;
    results.set(place, { ok: true, receipt: model.committed(entry, outcome.position) });
  }
  const answers: BulkResult[] = [];
  for (const [place, order] of orders.entries()) {
    answers.push(results.get(place) ?? (await alone(model, order)));
  }
  return answers;
}

/** What the orders come to, each upon the state that those before it leave; by place, those that change something. */
async function decideAll(model: StoreWriteModel, orders: readonly WriteOrder[]): Promise<Map<number, CommitEntry>> {
  const entries = new Map<number, CommitEntry>();
  const states = new Map<string, PaymentState>();
  for (const [place, order] of orders.entries()) {
    const key = `${order.organizationId}/${order.paymentId}`;
    let state = states.get(key);
    if (state === undefined) {
      const loaded = createsPayment(order) ? null : await model.load(order);
      if (loaded !== null && loaded.appliedVersion !== null) continue;
      state = loaded?.payment ?? null;
    }
    const entry = model.entryFor(order, state);
    states.set(key, entry?.payment ?? state);
    if (entry !== null) entries.set(place, entry);
  }
  return entries;
}

async function alone(model: StoreWriteModel, order: WriteOrder): Promise<BulkResult> {
  try {
    return await model.execute(order);
  } catch (error) {
    if (error instanceof PortFailure) return { ok: false, failure: error };
    throw error;
  }
}
