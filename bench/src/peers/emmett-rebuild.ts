// Emmett's rebuild of a projection on PostgreSQL: one document for each payment.

import type { Event } from '@event-driven-io/emmett';
import {
  getPostgreSQLEventStore,
  pongoSingleStreamProjection,
  rebuildPostgreSQLProjections,
} from '@event-driven-io/emmett-postgresql';
import type { Contender } from '../harness/compare.ts';

type Created = Event<'PaymentCreated', { readonly amount: string; readonly description: string }>;

/**
 * Its own events in its own store, projected by its own means into documents of the same database. Every round has a
 * database of its own: told to rebuild again, it finds its checkpoint at the end and projects nothing.
 */
export function emmettRebuild(database: () => Promise<string>, events: number): Contender {
  return {
    name: "Emmett's rebuild of documents on PostgreSQL",
    prepare: async () => {
      const connectionString = await database();
      await appendAll(connectionString, events);
      return { run: () => rebuild(connectionString, events) };
    },
  };
}

async function appendAll(connectionString: string, events: number): Promise<void> {
  const store = getPostgreSQLEventStore(connectionString);
  for (let number = 0; number < events; number += 1) {
    const data = { amount: String(number), description: `bill ${number}` };
    await store.appendToStream<Created>(`payment-${number}`, [{ type: 'PaymentCreated', data }]);
  }
  await store.close();
}

async function rebuild(connectionString: string, events: number): Promise<number> {
  let projected = 0;
  const projection = pongoSingleStreamProjection<Created['data'], Created>({
    collectionName: 'payments',
    evolve: (_: Created['data'] | null, event: Created) => {
      projected += 1;
      return event.data;
    },
    canHandle: ['PaymentCreated'],
  });
  const consumer = rebuildPostgreSQLProjections({ connectionString, projections: [projection] });
  await consumer.start();
  await consumer.close();
  if (projected !== events) throw new Error(`Emmett projected ${projected} events of ${events}`);
  return projected;
}
