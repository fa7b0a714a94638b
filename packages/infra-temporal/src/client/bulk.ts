// Many commands at once: payments side by side, the orders of one payment one after the other. Whoever sends them
// bounds what is in flight.

import { PortFailure, type BulkResult, type WriteOrder, type WriteResult } from '@paystrata/application';

type Execute = (order: WriteOrder) => Promise<WriteResult>;

export async function executeBulk(orders: readonly WriteOrder[], execute: Execute): Promise<readonly BulkResult[]> {
  const lanes = new Map<string, Promise<unknown>>();
  return Promise.all(
    orders.map((order) => {
      const key = `${order.organizationId}/${order.paymentId}`;
      const mine = (lanes.get(key) ?? Promise.resolve()).then(() => settled(() => execute(order)));
      lanes.set(key, mine);
      return mine;
    }),
  );
}

/** The failure of one is its result, so that it takes no others down. */
export async function settled(run: () => Promise<WriteResult>): Promise<BulkResult> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof PortFailure) return { ok: false, failure: error };
    throw error;
  }
}
