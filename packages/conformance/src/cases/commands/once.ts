// Command ids and references beyond the first cases: what a repetition may and may not do.

import assert from 'node:assert/strict';
import type { ConformanceCase } from '../../kit/case.ts';
import { accepted, failsWith, refused } from '../../world/expect.ts';
import { carriedOut, processed, refunded } from '../../world/gateway-work.ts';
import { command, create, creation, order, settledImport } from '../../world/orders.ts';
import { race, RACERS } from '../../world/race.ts';
import { currentPayment, find, history, searchIds } from '../../world/reading.ts';
import { process, refund, update } from '../../world/terms.ts';
import { toldBy } from '../bulk/told-by.ts';

export const once: readonly ConformanceCase[] = [
  {
    name: 'a command id that was refused is not remembered: it acts once it may',
    property: 'idempotent-commands',
    async run(world) {
      const { paymentId } = await create(world, { amount: 100n });
      const early = order(world, paymentId, refund(world, { amount: 40n }));
      refused(await world.execute(early), 'illegal_state');
      await processed(world, paymentId);
      const receipt = accepted(await world.execute(early));
      assert.deepEqual([receipt.replayed, receipt.events[0]?.type], [false, 'RefundRequested']);
    },
  },
  {
    name: 'a repeated command to process or refund shows what became of it, and moves no more money',
    property: 'idempotent-commands',
    async run(world) {
      const { paymentId } = await create(world, { amount: 900n });
      const charge = order(world, paymentId, process(world));
      await carriedOut(world, accepted(await world.execute(charge)));
      const part = order(world, paymentId, refund(world, { amount: 200n }));
      await carriedOut(world, accepted(await world.execute(part)));
      await refunded(world, paymentId);
      const charged = accepted(await world.execute(charge));
      assert.deepEqual([charged.replayed, charged.payment.status, charged.payment.refunded], [true, 'completed', 0n]);
      const back = accepted(await world.execute(part));
      assert.deepEqual([back.payment.status, back.payment.refunded], ['partially_refunded', 200n]);
      assert.equal((await world.installation.ledger.entries()).length, 3);
      assert.equal((await history(world, paymentId)).length, 7);
    },
  },
  {
    name: 'a command id belongs to its payment: another payment may have the same',
    property: 'idempotent-commands',
    async run(world) {
      const one = await create(world);
      const { commandId } = order(world, one.paymentId, update(world, {}));
      const other = await create(world);
      for (const { paymentId } of [one, other]) {
        const said = { commandId };
        const receipt = await command(world, paymentId, update(world, { description: paymentId }), said);
        assert.deepEqual([receipt.replayed, receipt.version], [false, 2]);
      }
    },
  },
  {
    name: 'a repeated command replays whatever version is expected, and whatever it now says',
    property: 'idempotent-commands',
    async run(world) {
      const { paymentId } = await create(world);
      const first = order(world, paymentId, update(world, { description: 'first' }), { expectedVersion: 1 });
      const receipt = accepted(await world.execute(first));
      assert.deepEqual(accepted(await world.execute(first)), { ...receipt, replayed: true });
      const { commandId } = first;
      const otherwise = order(world, paymentId, update(world, { description: 'other' }), { commandId });
      assert.equal(accepted(await world.execute(otherwise)).replayed, true);
      assert.equal((await currentPayment(world, paymentId)).personal.description, 'first');
    },
  },
  {
    name: 'the same creation sent sixteen times at once creates one payment',
    property: 'idempotent-commands',
    async run(world) {
      const same = creation(world, { reference: 'INV-1' });
      const { winners: receipts } = await race(world, Array(RACERS).fill(same));
      assert.equal(receipts.length, RACERS);
      assert.equal(receipts.filter(({ replayed }) => !replayed).length, 1);
      assert.deepEqual(await searchIds(world), [same.paymentId]);
      assert.equal((await history(world, same.paymentId)).length, 1);
    },
  },
  {
    name: 'a reference in use is refused to an import too, and says whether the amount is the same',
    property: 'unique-reference',
    async run(world) {
      const { paymentId } = await create(world, { reference: 'INV-1', amount: 500n });
      const before = await find(world, paymentId);
      const other = refused(
        await world.execute(settledImport(world, { reference: 'INV-1', amount: 501n })),
        'payment_exists',
      );
      assert.deepEqual(other.details, { paymentId, sameAmount: false });
      assert.deepEqual(await find(world, paymentId), before);
    },
  },
  {
    name: 'a payment that exists is said to exist, whatever else is wrong with the command',
    property: 'unique-reference',
    async run(world) {
      const { paymentId } = await create(world, { reference: 'INV-1' });
      for (const terms of [{ amount: 0n }, { description: 'x'.repeat(2000) }, { createdAt: 8e14 }]) {
        const again = creation(world, { ...terms, reference: 'INV-1' });
        refused(await world.execute(again), 'payment_exists');
        assert.deepEqual((await world.executeBulk([again])).map(toldBy), ['payment_exists']);
      }
      assert.equal((await history(world, paymentId)).length, 1);
    },
  },
  {
    name: 'an expected version that the payment has not reached is not built upon',
    property: 'expected-version',
    async run(world) {
      const { paymentId } = await create(world);
      for (const expectedVersion of [2, 100]) {
        const ahead = order(world, paymentId, update(world, { description: 'x' }), { expectedVersion });
        await failsWith('WRONG_EXPECTED_VERSION', () => world.execute(ahead));
      }
      assert.equal((await currentPayment(world, paymentId)).version, 1);
    },
  },
];
