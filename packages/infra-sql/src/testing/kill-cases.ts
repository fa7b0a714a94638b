// What a killed writer must leave behind, on each database.

import assert from 'node:assert/strict';
import type { PaymentStore } from '@paystrata/application';
import { evolveAll } from '@paystrata/domain';
import { everything } from './store-world.ts';
import type { WriterProcess } from './writer-process.ts';

/** Kills a writer so many times, each after some acknowledged commits, and looks at what is stored. */
export async function killWriters(start: () => WriterProcess, times: number, open: () => Promise<PaymentStore>) {
  const acknowledged = new Map<string, number>();
  for (let time = 0; time < times; time++) {
    const writer = start();
    await writer.until(100 + 40 * time);
    await writer.kill();
    for (const [eventId, position] of writer.acknowledged()) acknowledged.set(eventId, position);
  }
  await assertKept(await open(), acknowledged);
  return acknowledged.size;
}

/** Everything that was acknowledged is there once, at its position; nothing is half there; no position is missing. */
export async function assertKept(store: PaymentStore, acknowledged: ReadonlyMap<string, number>): Promise<void> {
  const { events } = await everything(store);
  assert.deepEqual(
    events.map(({ position }) => position),
    events.map((_, index) => index + 1),
  );
  const positions = new Map(events.map(({ eventId, position }) => [eventId, position]));
  assert.equal(positions.size, events.length, 'no event is there twice');
  for (const [eventId, position] of acknowledged) assert.equal(positions.get(eventId), position, `event ${eventId}`);
  for (const [, stream] of Map.groupBy(events, ({ paymentId }) => paymentId)) {
    const [first] = stream;
    assert.ok(first !== undefined);
    assert.deepEqual((await store.load(first, null)).payment, evolveAll(null, stream), `payment ${first.paymentId}`);
  }
}
