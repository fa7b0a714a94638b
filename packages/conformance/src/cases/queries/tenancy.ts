// Organizations: whatever is asked and however, nobody sees or touches what is another's.

import assert from 'node:assert/strict';
import type { ConformanceCase } from '../../kit/case.ts';
import { captured } from '../../world/gateway-work.ts';
import { command, create, order, refusal } from '../../world/orders.ts';
import { currentPayment, history } from '../../world/reading.ts';
import { refund, remove, update } from '../../world/terms.ts';
import { everyQuestion } from '../consistency/questions.ts';

/** Stands in every text of one organization's payment, and must never turn up for another. */
const canary = 'canary';

export const tenancy: readonly ConformanceCase[] = [
  {
    name: 'every question of another organization, about the very ids, shows nothing',
    property: 'tenancy',
    async run(world) {
      const secrets = { description: canary, metadata: { canary }, customer: { name: canary, email: canary } };
      const facts = { correlationId: canary, actor: canary };
      const { paymentId } = await create(world, { ...secrets, reference: canary }, facts);
      const neighbour = world.neighbour();
      for (const amount of [7n, 8n]) await create(neighbour, { description: 'another', amount });
      const theirs = everyQuestion(neighbour, paymentId, canary);
      for (const [question, ask] of everyQuestion(world, paymentId, canary)) {
        const mine = textOf(await ask(await world.reading()));
        const answer = textOf(await theirs.get(question)?.(await neighbour.reading()));
        assert.notEqual(mine, answer, `${question} shows the same to both organizations`);
        assert.ok(!answer.includes(canary) && !answer.includes(paymentId), `${question} shows what is another's`);
      }
    },
  },
  {
    name: 'a command of another organization on the very id is refused and changes nothing',
    property: 'tenancy',
    async run(world) {
      const { paymentId } = await captured(world);
      const neighbour = world.neighbour();
      for (const what of [refund(neighbour), remove(neighbour), update(neighbour, { metadata: { a: 'b' } })]) {
        await refusal(neighbour, paymentId, what, 'payment_not_found');
      }
      const [result] = await neighbour.executeBulk([order(neighbour, paymentId, refund(neighbour))]);
      assert.equal(
        result !== undefined && !result.ok && 'rejection' in result && result.rejection.code,
        'payment_not_found',
      );
      assert.equal((await currentPayment(world, paymentId)).version, 3);
      assert.deepEqual(await history(neighbour, paymentId), []);
    },
  },
  {
    name: 'the same payment id in two organizations is two payments',
    property: 'tenancy',
    async run(world) {
      const { paymentId } = await create(world, { description: 'mine' });
      const neighbour = world.neighbour();
      await create(neighbour, { paymentId, description: 'theirs' });
      await command(neighbour, paymentId, remove(neighbour));
      assert.equal((await currentPayment(world, paymentId)).personal.description, 'mine');
      assert.equal((await currentPayment(world, paymentId)).status, 'pending');
      assert.equal((await currentPayment(neighbour, paymentId)).status, 'deleted');
      assert.deepEqual(
        [(await history(world, paymentId)).length, (await history(neighbour, paymentId)).length],
        [1, 2],
      );
    },
  },
];

function textOf(answer: unknown): string {
  return JSON.stringify(answer, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)) ?? '';
}
