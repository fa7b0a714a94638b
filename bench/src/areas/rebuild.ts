// Building the index of payments anew from a log in memory, beside a scan that parses rows and a loop that only folds.

import { createStoreWriteModel, createUuidV7Ids, readPages, systemClock } from '@paystrata/application';
import { evolve, type Payment } from '@paystrata/domain';
import { createMemoryStore, createPaymentIndex, feedIndex, type MemoryStore } from '@paystrata/infra-inmemory';
import { compare, type ComparisonResult, type Contender } from '../harness/compare.ts';
import { creationOrders } from '../harness/entries.ts';

const PAYMENTS = 100_000;
/** Orders that are stored at a time. */
const BULK = 1000;

/** A log of creations, made in bulks. */
export async function logOf(payments: number): Promise<MemoryStore> {
  const store = createMemoryStore();
  await store.start();
  const write = createStoreWriteModel({ store, ids: createUuidV7Ids(systemClock), clock: systemClock });
  for (let stored = 0; stored < payments; stored += BULK) {
    await write.executeBulk(creationOrders(Math.min(BULK, payments - stored)));
  }
  return store;
}

function reading(name: string, store: MemoryStore, run: (store: MemoryStore) => Promise<unknown>): Contender {
  const measured = async () => {
    await run(store);
    return store.position();
  };
  return { name, prepare: () => ({ run: measured }) };
}

async function fold(store: MemoryStore): Promise<ReadonlyMap<string, Payment>> {
  const payments = new Map<string, Payment>();
  for await (const { events } of readPages(store)) {
    for (const event of events) payments.set(event.paymentId, evolve(payments.get(event.paymentId) ?? null, event));
  }
  return payments;
}

/** A scan of rows with their text, as a store on disk has them: each is parsed and kept by its payment, not folded. */
function scanning(rows: readonly string[]): Contender {
  const scan = () => {
    const last = new Map<string, unknown>();
    for (const row of rows) {
      const event = JSON.parse(row) as { readonly paymentId: string };
      last.set(event.paymentId, event);
    }
    return last.size === 0 ? 0 : rows.length;
  };
  return { name: 'a scan that parses stored rows', prepare: () => ({ run: scan }) };
}

async function rowsOf(store: MemoryStore): Promise<readonly string[]> {
  const texts: string[] = [];
  const text = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
  for await (const { events } of readPages(store)) texts.push(...events.map((event) => JSON.stringify(event, text)));
  return texts;
}

export async function compareRebuild(): Promise<ComparisonResult> {
  const store = await logOf(PAYMENTS);
  const contenders = [
    reading('index folded anew', store, (log) => feedIndex(createPaymentIndex(), log)),
    scanning(await rowsOf(store)),
    reading('a loop that folds into a Map', store, fold),
  ] as const;
  return compare({ title: 'rebuild in memory', unit: 'events', contenders, rounds: 5 });
}
