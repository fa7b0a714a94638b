// Replay: folding the log again, step by step, without touching the store.

import assert from 'node:assert/strict';
import type { EventFilter, Replay } from '@paystrata/application';
import { evolve, instantOf, type PaymentState } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { anyEvent } from '../../world/event-reading.ts';
import { captured, processed, refunded } from '../../world/gateway-work.ts';
import { command, create } from '../../world/orders.ts';
import { currentPayment, find, history } from '../../world/reading.ts';
import { update } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';

export const replays: readonly ConformanceCase[] = [
  {
    name: 'folding a history with the domain gives the payment that is read',
    property: 'replay',
    async run(world) {
      const { paymentId } = await create(world, { amount: 500n, metadata: { team: 'blue' } });
      await command(world, paymentId, update(world, { metadata: { team: null, floor: '2' } }, { amount: 700n }));
      await processed(world, paymentId, 'test_decline_card_declined');
      await processed(world, paymentId);
      await refunded(world, paymentId, { amount: 100n });
      await refunded(world, paymentId);
      const events = await history(world, paymentId);
      assert.equal(events.length, 10);
      const folded = events.reduce<PaymentState>((state, event) => evolve(state, event), null);
      assert.deepEqual(await currentPayment(world, paymentId), folded);
    },
  },
  {
    name: 'a replay shows each step with the payment after it, and changes nothing',
    property: 'replay',
    async run(world) {
      const { paymentId } = await captured(world, { amount: 500n });
      await refunded(world, paymentId, { amount: 100n });
      const before = await find(world, paymentId);
      const { steps, events, payments } = await replayed(world, { paymentId });
      assert.deepEqual([steps.length, events, payments], [5, 5, 1]);
      assert.deepEqual(
        steps.map(({ event, payment }) => [event.version, payment.version, payment.status]),
        [
          [1, 1, 'pending'],
          [2, 2, 'processing'],
          [3, 3, 'completed'],
          [4, 4, 'completed'],
          [5, 5, 'partially_refunded'],
        ],
      );
      assert.deepEqual(await find(world, paymentId), before);
      assert.deepEqual(steps.at(-1)?.payment, before?.payment);
    },
  },
  {
    name: 'a replay from a version, or with a limit, shows less but counts all',
    property: 'replay',
    async run(world) {
      const { paymentId } = await captured(world);
      await captured(world);
      const late = await replayed(world, { paymentId }, 3);
      assert.deepEqual([late.steps.map(({ event }) => event.version), late.events], [[3], 3]);
      assert.equal(late.steps[0]?.payment.status, 'completed');
      const few = await replayed(world, {}, 1, 2);
      assert.deepEqual([few.steps.length, few.events, few.payments], [2, 6, 2]);
      assert.deepEqual(few.byType, { PaymentCreated: 2, PaymentProcessingStarted: 2, PaymentProcessed: 2 });
    },
  },
  {
    name: 'a replay follows its filter by type, correlation and time, on states that are whole',
    property: 'replay',
    async run(world) {
      const at = world.clock.now() - 60_000;
      const { paymentId } = await create(world, { at, amount: 300n }, { correlationId: 'request-1' });
      await processed(world, paymentId, 'test_approve', { at: at + 10 }, { correlationId: 'request-2' });
      const typed = await replayed(world, { types: ['PaymentProcessed'] });
      assert.deepEqual([typed.events, typed.steps[0]?.payment.captured], [1, 300n]);
      const correlated = await replayed(world, { correlationId: 'request-2' });
      assert.deepEqual([correlated.events, correlated.steps[0]?.payment.status], [2, 'processing']);
      const early = await replayed(world, { recorded: { from: null, to: instantOf(at + 10) } });
      assert.deepEqual([early.events, early.steps[0]?.event.type], [1, 'PaymentCreated']);
      const nothing = { steps: [], events: 0, payments: 0, byType: {} };
      assert.deepEqual(await replayed(world, { actor: 'nobody' }), nothing);
    },
  },
];

async function replayed(world: World, filter: Partial<EventFilter>, fromVersion = 1, limit = 100): Promise<Replay> {
  const query = { type: 'ReplayEvents', filter: { ...anyEvent, ...filter }, fromVersion, limit } as const;
  return world.strategy.log.replay(query, await world.reading());
}
