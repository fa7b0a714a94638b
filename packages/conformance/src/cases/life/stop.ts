// The end of a strategy's life, and how it is while it lives.

import assert from 'node:assert/strict';
import type { ConformanceCase } from '../../kit/case.ts';
import { failsWith } from '../../world/expect.ts';
import { create, creation } from '../../world/orders.ts';
import { currentPayment } from '../../world/reading.ts';
import { everyQuestion } from '../consistency/questions.ts';

export const stop: readonly ConformanceCase[] = [
  {
    name: 'after it was stopped every call fails with STORE_UNAVAILABLE',
    property: 'stop',
    async run(world) {
      const { write, read, log } = world.strategy;
      const { paymentId } = await create(world);
      assert.equal((await currentPayment(world, paymentId)).version, 1);
      const asks = everyQuestion(world, paymentId);
      const order = creation(world);
      await world.strategy.stop();
      await failsWith('STORE_UNAVAILABLE', async () => write.execute(order), 'a command');
      await failsWith('STORE_UNAVAILABLE', () => read.awaitingGateway(null, 10), 'what waits for the gateway');
      const request = { direction: 'forward', from: null, limit: 10 } as const;
      await failsWith('STORE_UNAVAILABLE', () => log.readAll(request), 'the log');
      for (const [question, ask] of asks) {
        await failsWith('STORE_UNAVAILABLE', () => ask(world.readingAt(null)), question);
      }
      assert.equal((await world.strategy.health()).healthy, false, 'a stopped strategy says that it is healthy');
    },
  },
  {
    name: 'a bulk after it was stopped fails, whole or order by order',
    property: 'stop',
    async run(world) {
      await create(world);
      const orders = [creation(world), creation(world)];
      await world.strategy.stop();
      try {
        const results = await world.strategy.write.executeBulk(orders);
        const codes = results.map((result) => !result.ok && 'failure' in result && result.failure.code);
        assert.deepEqual(codes, ['STORE_UNAVAILABLE', 'STORE_UNAVAILABLE']);
      } catch (error) {
        await failsWith('STORE_UNAVAILABLE', () => Promise.reject(error instanceof Error ? error : new Error('?')));
      }
    },
  },
  {
    name: 'what was sent before it was stopped is finished: each command was done or refused, none half',
    property: 'stop',
    needs: { durable: true },
    async run(world) {
      const orders = Array.from({ length: 16 }, () => creation(world));
      const answers = orders.map(async (each) => world.strategy.write.execute(each));
      const settled = Promise.allSettled(answers);
      await world.strategy.stop();
      const outcomes = await settled;
      await world.restart();
      for (const [index, outcome] of outcomes.entries()) {
        const paymentId = orders[index]?.paymentId;
        if (outcome.status !== 'fulfilled' || paymentId === undefined) continue;
        assert.equal((await currentPayment(world, paymentId)).version, 1, 'acknowledged, and lost by the stop');
      }
    },
    async otherwise(world) {
      const receipts = await Promise.all(Array.from({ length: 16 }, () => create(world)));
      await world.strategy.stop();
      assert.equal(new Set(receipts.map(({ paymentId }) => paymentId)).size, 16);
      await failsWith('STORE_UNAVAILABLE', async () => world.strategy.write.execute(creation(world)));
    },
  },
  {
    name: 'while it works it is healthy, measures numbers and keeps its name and epoch',
    property: 'maintenance',
    async run(world) {
      const { strategy } = world;
      const epoch = strategy.epoch();
      assert.match(epoch, /^[\w.-]{1,64}$/);
      const { position } = await create(world);
      const { healthy, sources } = await strategy.health();
      assert.ok(healthy, `not healthy: ${sources.map(({ problem }) => problem).join(', ')}`);
      assert.ok(sources.length > 0);
      assert.deepEqual([strategy.epoch(), position.epoch], [epoch, epoch]);
      for (const { name, value } of strategy.measure()) {
        assert.match(name, /^[a-z][a-z0-9_]*$/);
        assert.ok(Number.isFinite(value), `${name} is ${value}`);
      }
    },
  },
];
