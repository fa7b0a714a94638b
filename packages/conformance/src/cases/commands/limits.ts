// The limits of one payment, the same on every strategy.

import assert from 'node:assert/strict';
import { MAX_ATTEMPTS, MAX_DESCRIPTION, MAX_EVENTS, MAX_METADATA_KEYS, MAX_METADATA_VALUE } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { accepted, refused } from '../../world/expect.ts';
import { processed } from '../../world/gateway-work.ts';
import { command, create, creation, order, refusal } from '../../world/orders.ts';
import { currentPayment, history } from '../../world/reading.ts';
import { cancel, process, update } from '../../world/terms.ts';

export const limits: readonly ConformanceCase[] = [
  {
    name: 'a payment is attempted ten times at most',
    property: 'limits',
    async run(world) {
      const { paymentId } = await create(world);
      for (let n = 1; n <= MAX_ATTEMPTS; n++) await processed(world, paymentId, 'test_decline_do_not_honor');
      await refusal(world, paymentId, process(world), 'attempts_exhausted');
      assert.equal((await currentPayment(world, paymentId)).attempts.length, MAX_ATTEMPTS);
    },
  },
  {
    name: 'a payment that holds all the events it may refuses more, but can still be ended',
    property: 'limits',
    async run(world) {
      const { paymentId } = await create(world);
      const orders = Array.from({ length: MAX_EVENTS }, (_, n) =>
        order(world, paymentId, update(world, { metadata: { n: String(n) } })),
      );
      const results = await world.executeBulk(orders);
      const last = results.at(-1);
      assert.equal(last !== undefined && !last.ok && 'rejection' in last && last.rejection.code, 'payment_full');
      const { version } = await command(world, paymentId, cancel(world));
      assert.ok(version <= MAX_EVENTS, `${version} events`);
      assert.equal((await history(world, paymentId)).length, version);
    },
  },
  {
    name: 'a payment that holds all the event data it may refuses more',
    property: 'limits',
    async run(world) {
      const { paymentId } = await create(world);
      const pair = (_: unknown, n: number): [string, string] => [`key-${n}`, 'x'.repeat(MAX_METADATA_VALUE)];
      const large = Object.fromEntries(Array.from({ length: MAX_METADATA_KEYS }, pair));
      let version = 1;
      for (;;) {
        const result = await world.execute(order(world, paymentId, update(world, { metadata: large })));
        if (!result.ok) {
          refused(result, 'payment_full');
          break;
        }
        assert.equal(result.receipt.version, ++version);
        assert.ok(version < 30, 'the limit of event data is never reached');
      }
      assert.equal((await currentPayment(world, paymentId)).version, version);
    },
  },
  {
    name: 'the longest texts are kept to the last character, longer ones refused',
    property: 'limits',
    async run(world) {
      const longest = 'ä'.repeat(MAX_DESCRIPTION);
      const { paymentId } = await create(world, { description: longest });
      assert.equal((await currentPayment(world, paymentId)).personal.description, longest);
      refused(await world.execute(creation(world, { description: `${longest}x` })), 'field_too_long');
      const one = accepted(await world.execute(creation(world, { metadata: { '': '', ключ: '値\u2028"\\' } })));
      assert.deepEqual((await currentPayment(world, one.paymentId)).personal.metadata, one.payment.personal.metadata);
    },
  },
];
