// Correlations: what came of one request, across payments, causes before effects.

import assert from 'node:assert/strict';
import type { RecordedEvent } from '@paystrata/application';
import type { ConformanceCase } from '../../kit/case.ts';
import { processed } from '../../world/gateway-work.ts';
import { command, create } from '../../world/orders.ts';
import { known } from '../../world/parsed.ts';
import { update } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';

export const correlations: readonly ConformanceCase[] = [
  {
    name: 'the events of one correlation are found together, across payments, and no others',
    property: 'correlation',
    async run(world) {
      const same = { correlationId: 'request-1' };
      const one = await create(world, {}, same);
      const other = await create(world, {}, { correlationId: 'request-2' });
      const two = await create(world, {}, same);
      await processed(world, one.paymentId, 'test_approve', {}, same);
      await command(world, two.paymentId, update(world, { description: 'unrelated' }));
      const events = await correlated(world, 'request-1');
      const kinds = events.map(({ paymentId, type }) => [paymentId, type]);
      assert.deepEqual(kinds, [
        [one.paymentId, 'PaymentCreated'],
        [two.paymentId, 'PaymentCreated'],
        [one.paymentId, 'PaymentProcessingStarted'],
        [one.paymentId, 'PaymentProcessed'],
      ]);
      assert.deepEqual(
        (await correlated(world, 'request-2')).map(({ paymentId }) => paymentId),
        [other.paymentId],
      );
      assert.deepEqual(await correlated(world, 'request-3'), []);
    },
  },
  {
    name: 'an effect stands after its cause, though it was recorded before it',
    property: 'correlation',
    async run(world) {
      const { ids } = world.installation;
      const cause = known((await create(world)).events[0]).commandId;
      const correlationId = ids.next();
      const effect = await create(world, {}, { correlationId, causationId: cause });
      const later = await create(world, {}, { correlationId, commandId: cause });
      const events = await correlated(world, correlationId);
      assert.deepEqual(
        events.map(({ paymentId }) => paymentId),
        [later.paymentId, effect.paymentId],
      );
      assert.equal(events[1]?.causationId, cause);
    },
  },
  {
    name: 'the timeline of a correlation tells of all its payments',
    property: 'timeline',
    async run(world) {
      const same = { correlationId: 'request-1' };
      const at = world.clock.now() - 60_000;
      const one = await create(world, { at, amount: 100n }, same);
      const two = await create(world, { at: at + 250, amount: 200n }, same);
      await create(world);
      const query = { type: 'CorrelationTimeline', correlationId: 'request-1' } as const;
      const lines = await world.strategy.log.correlationTimeline(query, await world.reading());
      assert.deepEqual(
        lines.map(({ paymentId, gap }) => [paymentId, gap]),
        [
          [one.paymentId, 0],
          [two.paymentId, 250],
        ],
      );
      assert.match(lines[1]?.text ?? '', /2\.00/);
    },
  },
];

async function correlated(world: World, correlationId: string): Promise<readonly RecordedEvent[]> {
  return world.strategy.log.correlation({ type: 'EventCorrelation', correlationId }, await world.reading());
}
