// Restarts: what was acknowledged is there again, or the strategy never said that it would be.

import assert from 'node:assert/strict';
import type { ConditionalCase } from '../../kit/case.ts';
import { accepted, failsWith } from '../../world/expect.ts';
import { readAll } from '../../world/event-reading.ts';
import { captured, lookedUp, processed, refunded } from '../../world/gateway-work.ts';
import { command, create, creation } from '../../world/orders.ts';
import { currentPayment, find, history, search, searchIds } from '../../world/reading.ts';
import { erase, update } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';

const durable = { property: 'restart', needs: { durable: true }, otherwise: forgets } as const;

export const restart: readonly ConditionalCase[] = [
  {
    ...durable,
    name: 'after a restart every payment, search, history and the log are as they were',
    async run(world) {
      const { organizationId } = world;
      const { paymentId } = await captured(world, { reference: 'INV-1', customer: { name: 'Ada', email: null } });
      await refunded(world, paymentId, { amount: 100n });
      await create(world, { description: 'another' });
      const look = async () => [
        await find(world, paymentId),
        await history(world, paymentId),
        (await search(world)).payments,
        await searchIds(world, { filter: { text: 'ada' } }),
        await readAll(world, { organizationId }),
      ];
      const before = await look();
      await world.restart();
      assert.deepEqual(await look(), before);
    },
  },
  {
    ...durable,
    name: 'after a restart command ids, references and the epoch are known',
    async run(world) {
      const epoch = world.strategy.epoch();
      const once = creation(world, { reference: 'INV-1' });
      const first = accepted(await world.execute(once));
      await command(world, first.paymentId, update(world, { description: 'later' }));
      await world.restart();
      assert.equal(world.strategy.epoch(), epoch);
      assert.deepEqual(accepted(await world.execute(once)), { ...first, replayed: true });
      const again = await world.execute(creation(world, { reference: 'INV-1' }));
      assert.equal(!again.ok && again.rejection.code, 'payment_exists');
      const query = { type: 'GetPayment', paymentId: first.paymentId, asOf: null } as const;
      assert.notEqual(await world.strategy.read.get(query, world.readingAt(first.position)), null);
      const found = await world.strategy.read.get(query, await world.reading());
      assert.equal(found?.payment.version, 2);
    },
  },
  {
    ...durable,
    name: 'a cursor from before a restart goes on after it',
    async run(world) {
      const made = [await create(world), await create(world), await create(world)].map(({ paymentId }) => paymentId);
      const sort = { by: 'created', descending: false } as const;
      const first = await search(world, { limit: 1, sort });
      await world.restart();
      const rest = await search(world, { limit: 5, sort, cursor: first.next });
      const shown = [...first.payments, ...rest.payments].map(({ payment }) => payment.id);
      assert.deepEqual(shown.sort(), made.sort());
    },
  },
  {
    ...durable,
    name: 'an outcome that was open at a restart is looked up after it, and the money moved once',
    async run(world) {
      const { paymentId } = await create(world, { amount: 500n });
      await processed(world, paymentId, 'test_timeout_then_approve');
      await world.restart();
      assert.equal((await currentPayment(world, paymentId)).status, 'processing');
      await lookedUp(world, paymentId);
      assert.equal((await currentPayment(world, paymentId)).status, 'completed');
      assert.equal((await world.installation.ledger.entries()).length, 1);
    },
  },
  {
    ...durable,
    name: 'personal data that was erased is gone after a restart too',
    async run(world) {
      const { paymentId } = await create(world, { description: 'canary', customer: { name: 'Canary', email: null } });
      await command(world, paymentId, erase(world));
      await world.restart();
      const payment = await currentPayment(world, paymentId);
      assert.deepEqual([payment.personalErased, payment.personal.description], [true, null]);
      assert.deepEqual(await searchIds(world, { filter: { text: 'canary' } }), []);
      assert.ok(
        !JSON.stringify(await texts(world))
          .toLowerCase()
          .includes('canary'),
      );
    },
  },
];

/** The declaration that nothing is durable, proved: another life, which knows nothing of the first and says so. */
async function forgets(world: World): Promise<void> {
  const { paymentId, position } = await create(world, { reference: 'INV-1' });
  assert.equal((await find(world, paymentId))?.payment.id, paymentId);
  const { epoch } = position;
  await world.restart();
  assert.notEqual(world.strategy.epoch(), epoch, 'another life of the log needs another epoch');
  const query = { type: 'GetPayment', paymentId, asOf: null } as const;
  await failsWith('POSITION_UNKNOWN', () => world.strategy.read.get(query, world.readingAt(position)));
  assert.equal(await world.strategy.read.get(query, world.readingAt(null)), null);
  const again = accepted(await world.strategy.write.execute(creation(world, { reference: 'INV-1' })));
  assert.deepEqual([again.paymentId, again.version, again.replayed], [paymentId, 1, false]);
}

async function texts(world: World): Promise<readonly unknown[]> {
  const events = await readAll(world, { organizationId: world.organizationId });
  return events.map(({ data }) => ('personal' in data ? data.personal : null));
}
