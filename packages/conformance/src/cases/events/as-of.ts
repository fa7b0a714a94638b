// A payment as it was: at a version, at an instant.

import assert from 'node:assert/strict';
import type { GetPayment } from '@paystrata/application';
import { instantOf, type Payment } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { processed, refunded } from '../../world/gateway-work.ts';
import { command, create } from '../../world/orders.ts';
import { currentPayment, history } from '../../world/reading.ts';
import { update } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';

export const asOf: readonly ConformanceCase[] = [
  {
    name: 'at each version a payment is what the receipts said, and none has a version that never was',
    property: 'as-of',
    async run(world) {
      const created = await create(world, { amount: 900n, description: 'first' });
      const { paymentId } = created;
      const updated = await command(world, paymentId, update(world, { description: 'second' }));
      const completed = await processed(world, paymentId);
      await refunded(world, paymentId, { amount: 100n });
      for (const { version, payment } of [created, updated, completed]) {
        assert.deepEqual(await shown(world, payment, { version }), payment);
      }
      const current = await currentPayment(world, paymentId);
      assert.deepEqual(await shown(world, current, { version: 6 }), current);
      for (const version of [7, 1000]) assert.equal(await shown(world, current, { version }), null);
    },
  },
  {
    name: 'at an instant a payment is what all events up to it made of it, before the first it is not',
    property: 'as-of',
    async run(world) {
      const start = world.clock.now() - 100_000;
      const first = await create(world, { at: start, description: 'first' });
      const { paymentId } = first;
      const second = await command(world, paymentId, update(world, { description: 'second' }, { at: start + 1000 }));
      const third = await command(world, paymentId, update(world, { description: 'third' }, { at: start + 1000 }));
      const at = (after: number) => shown(world, first.payment, { instant: instantOf(start + after) });
      assert.equal(await at(-1), null);
      assert.deepEqual(await at(0), first.payment);
      assert.deepEqual(await at(999), first.payment);
      assert.deepEqual(await at(1000), third.payment);
      assert.deepEqual(await at(50_000), third.payment);
      assert.equal(second.version, 2);
    },
  },
  {
    name: 'the time of an event is never before that of the event before it, whatever the clock says',
    property: 'as-of',
    async run(world) {
      const now = world.clock.now();
      const { paymentId } = await create(world, { at: now });
      await command(world, paymentId, update(world, { description: 'an hour ago' }, { at: now - 3_600_000 }));
      await command(world, paymentId, update(world, { description: 'later' }, { at: now + 5 }));
      const instants = (await history(world, paymentId)).map(({ at }) => at);
      assert.deepEqual(instants, [now, now, now + 5]);
      assert.equal((await currentPayment(world, paymentId)).updatedAt, now + 5);
    },
  },
];

async function shown(world: World, { id }: Payment, as: NonNullable<GetPayment['asOf']>): Promise<Payment | null> {
  const query = { type: 'GetPayment', paymentId: id, asOf: as } as const;
  return (await world.strategy.read.get(query, await world.reading()))?.payment ?? null;
}
