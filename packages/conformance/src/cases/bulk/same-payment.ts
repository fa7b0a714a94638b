// Orders of one bulk on the same payment: in their order, and safe from what others do at the same time.

import assert from 'node:assert/strict';
import { evolve, type PaymentState } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { create, creation, order } from '../../world/orders.ts';
import { untilTold, wayOf, waysInto } from '../../world/race.ts';
import { currentPayment, history } from '../../world/reading.ts';
import { cancel, process, update } from '../../world/terms.ts';
import { toldBy } from './told-by.ts';

export const bulkOnOnePayment: readonly ConformanceCase[] = [
  {
    name: 'orders of one bulk on the same payment see those before them',
    property: 'bulk',
    async run(world) {
      const first = creation(world, { amount: 100n });
      const { paymentId } = first;
      const results = await world.executeBulk([
        first,
        order(world, paymentId, update(world, {}, { amount: 200n })),
        order(world, paymentId, process(world, 'test_approve', { amount: 200n })),
        order(world, paymentId, cancel(world)),
      ]);
      const [created, updated, processed, cancelled] = results.map(toldBy);
      assert.deepEqual([created, updated, cancelled], ['version 1', 'version 2', 'illegal_state']);
      // A strategy that calls the gateway by itself may answer with what came of it.
      assert.match(processed ?? '', /^version [34]$/);
      assert.deepEqual(
        (await history(world, paymentId)).slice(0, 3).map(({ type }) => type),
        ['PaymentCreated', 'PaymentUpdated', 'PaymentProcessingStarted'],
      );
    },
  },
  {
    name: 'an order of a bulk does not see those after it: what came too early stays refused',
    property: 'bulk',
    async run(world) {
      const first = creation(world);
      const { paymentId } = first;
      const results = await world.executeBulk([
        order(world, paymentId, update(world, { description: 'too early' })),
        first,
        order(world, paymentId, process(world, 'test_approve', { amount: 1n })),
        order(world, paymentId, update(world, {}, { amount: 1n })),
      ]);
      assert.deepEqual(results.map(toldBy), ['payment_not_found', 'version 1', 'amount_mismatch', 'version 2']);
      assert.equal((await currentPayment(world, paymentId)).personal.description, null);
    },
  },
  {
    name: 'bulks and others that change one payment at once lose no change, and leave the state that the log folds to',
    property: 'bulk',
    async run(world) {
      const { paymentId } = await create(world);
      const change = (key: string) => order(world, paymentId, update(world, { metadata: { [key]: 'x' } }));
      const names = Array.from({ length: 6 }, (_, n) => String(n));
      const ways = await waysInto(world);
      const results = await Promise.all(
        names.map(async (n) => {
          const single = untilTold(change(`a${n}`), wayOf(ways, Number(n)));
          const bulk = await world.executeBulk([change(`b${n}`), change(`c${n}`), change(`d${n}`)]);
          return [await single, ...bulk];
        }),
      );
      assert.ok(results.flat().every(({ ok }) => ok));
      const expected = names.flatMap((n) => [`a${n}`, `b${n}`, `c${n}`, `d${n}`]).sort();
      const payment = await currentPayment(world, paymentId);
      assert.deepEqual(Object.keys(payment.personal.metadata).sort(), expected);
      const events = await history(world, paymentId);
      assert.deepEqual(
        events.reduce<PaymentState>((state, event) => evolve(state, event), null),
        payment,
      );
      const verified = await world.strategy.maintenance.run('verify', { kind: 'payment', ...world.key(paymentId) });
      assert.deepEqual(verified.differences, []);
    },
  },
];
