// Erasure: the personal data of a payment is gone wherever it was, everything else stays.

import assert from 'node:assert/strict';
import type { Receipt } from '@paystrata/application';
import type { PaymentId } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { readAll, searchEvents } from '../../world/event-reading.ts';
import { accepted } from '../../world/expect.ts';
import { processed } from '../../world/gateway-work.ts';
import { command, create, creation, refusal } from '../../world/orders.ts';
import { currentPayment, find, history, searchIds } from '../../world/reading.ts';
import { erase, remove, update } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';
import { everyQuestion } from '../consistency/questions.ts';

const canary = 'canary';

export const erasure: readonly ConformanceCase[] = [
  {
    name: 'after an erasure no question shows the personal data, nor does the log',
    property: 'erasure',
    async run(world) {
      const { paymentId, position } = await withCanaries(world);
      const asks = everyQuestion(world, paymentId, position.paymentId);
      assert.ok((await everything(world, asks)).includes(canary), 'the canary was never there');
      await command(world, paymentId, erase(world));
      for (const [question, ask] of everyQuestion(world, paymentId)) {
        const answer = textOf(await ask(await world.reading()));
        assert.ok(!answer.includes(canary), `${question} still shows personal data`);
      }
      const log = await readAll(world, { organizationId: world.organizationId });
      assert.ok(!textOf(log).includes(canary), 'the log still shows personal data');
      assert.equal(log.length, 5);
    },
  },
  {
    name: 'an erased payment is found by nothing personal any more, but by everything else',
    property: 'erasure',
    async run(world) {
      const { paymentId } = await withCanaries(world);
      const filters = [{ text: canary }, { customer: canary }, { metadata: { canary } }] as const;
      for (const filter of filters) assert.deepEqual(await searchIds(world, { filter }), [paymentId]);
      assert.ok((await searchEvents(world, { text: canary })).events.length > 0);
      await command(world, paymentId, erase(world));
      for (const filter of filters) assert.deepEqual(await searchIds(world, { filter }), []);
      assert.deepEqual((await searchEvents(world, { text: canary })).events, []);
      assert.deepEqual(await searchIds(world, { filter: { reference: 'INV-1', userId: 'user-1' } }), [paymentId]);
    },
  },
  {
    name: 'an erasure keeps the money, the status and the history, and says that it happened',
    property: 'erasure',
    async run(world) {
      const { paymentId } = await withCanaries(world);
      const before = await currentPayment(world, paymentId);
      await command(world, paymentId, erase(world));
      const after = await currentPayment(world, paymentId);
      const { personal, personalErased, version, size, updatedAt, ...kept } = after;
      assert.deepEqual({ ...before, ...kept }, before);
      assert.deepEqual(
        [personal, personalErased, version],
        [{ customer: null, description: null, metadata: {} }, true, 5],
      );
      assert.ok(size >= before.size && updatedAt >= before.updatedAt);
      const events = await history(world, paymentId);
      assert.deepEqual(
        events.map(({ type }) => type),
        ['PaymentCreated', 'PaymentUpdated', 'PaymentProcessingStarted', 'PaymentProcessed', 'PersonalDataErased'],
      );
      assert.deepEqual(
        events.flatMap(({ data }) => ('personal' in data ? [data.personal] : [])),
        [null, null],
      );
    },
  },
  {
    name: 'an erasure a second time changes nothing, and personal data cannot come back',
    property: 'erasure',
    async run(world) {
      const { paymentId } = await withCanaries(world);
      await command(world, paymentId, erase(world));
      const once = await find(world, paymentId);
      assert.deepEqual((await command(world, paymentId, erase(world))).events, []);
      assert.deepEqual(await find(world, paymentId), once);
      await refusal(world, paymentId, update(world, { metadata: { a: 'b' } }), 'personal_data_erased');
    },
  },
  {
    name: 'a repeated command shows no personal data after it was erased',
    property: 'erasure',
    async run(world) {
      const first = creation(world, { description: canary, metadata: { canary }, reference: 'INV-1' });
      const receipt = accepted(await world.execute(first));
      assert.ok(textOf(receipt).includes(canary));
      await command(world, receipt.paymentId, erase(world));
      const again = accepted(await world.execute(first));
      assert.deepEqual([again.replayed, again.version], [true, 1]);
      assert.ok(!textOf(again).includes(canary), 'the repeated receipt shows personal data');
    },
  },
  {
    name: 'a deleted payment can be erased, and others of the organization keep their data',
    property: 'erasure',
    async run(world) {
      const { paymentId } = await create(world, { description: canary });
      const other = await create(world, { description: canary });
      await command(world, paymentId, remove(world));
      await command(world, paymentId, erase(world));
      assert.deepEqual(await described(world, paymentId), ['deleted', null]);
      assert.deepEqual(await described(world, other.paymentId), ['pending', canary]);
      assert.deepEqual(await searchIds(world, { filter: { text: canary } }), [other.paymentId]);
    },
  },
];

/** A completed payment with a canary in every personal field, and in an update. */
async function withCanaries(world: World): Promise<Receipt> {
  const customer = { name: canary, email: `${canary}@example.org` };
  const personal = { customer, description: `a ${canary}`, metadata: { [canary]: canary } };
  const { paymentId } = await create(world, { ...personal, reference: 'INV-1', userId: 'user-1' });
  await command(world, paymentId, update(world, { description: `another ${canary}` }));
  return processed(world, paymentId);
}

async function everything(world: World, asks: ReturnType<typeof everyQuestion>): Promise<string> {
  const context = await world.reading();
  return textOf(await Promise.all([...asks.values()].map((ask) => ask(context))));
}

async function described(world: World, paymentId: PaymentId): Promise<readonly unknown[]> {
  const { status, personal } = await currentPayment(world, paymentId);
  return [status, personal.description];
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part)) ?? '';
}
