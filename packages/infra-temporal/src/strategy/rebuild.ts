// Fills the projected log from Temporal alone: what the workflows hold is the record, everything else can be lost.

import type { PaymentClient } from '../client/payment-client.ts';
import type { ProjectionLog } from '../projection/projection-log.ts';

const SIDE_BY_SIDE = 20;

/**
 * Asks every workflow for its events and writes them anew. What has a place keeps it, so positions and cursors of
 * before stay good.
 *
 * @returns how many were asked.
 */
export async function fillFromWorkflows(client: PaymentClient, log: ProjectionLog): Promise<number> {
  const keys = client.list();
  let asked = 0;
  const work = async () => {
    for (;;) {
      const next = await keys.next();
      if (next.done === true) return;
      const record = await client.record(next.value);
      if (record !== null) log.rewrite({ ...next.value, events: record.events });
      asked++;
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return asked;
}
