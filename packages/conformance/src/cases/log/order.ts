// The log in the order of commits: no gap, nothing late, nothing missed by who follows it.

import assert from 'node:assert/strict';
import type { RecordedEvent } from '@paystrata/application';
import type { PaymentId } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { readAll } from '../../world/event-reading.ts';
import { command, create } from '../../world/orders.ts';
import { update } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';

const WRITERS = 16;

export const logOrder: readonly ConformanceCase[] = [
  {
    name: 'positions follow the order of commits without gaps, also with sixteen writers at once',
    property: 'log-order',
    needs: { globalOrder: 'commit' },
    async run(world) {
      const { position } = await create(world);
      await writeAtOnce(world, world.count(10, 4));
      const events = await readAll(world, { from: (position.position ?? 1) - 1 });
      const first = events[0]?.position ?? 0;
      assert.equal(first, position.position);
      assert.deepEqual(
        events.map((event) => event.position),
        events.map((_, index) => first + index),
      );
      requireVersionsInOrder(events);
    },
    otherwise: (world) => followedWhole(world),
  },
  {
    name: 'a receipt’s position is where the log has its last event',
    property: 'log-order',
    needs: { globalOrder: 'commit' },
    async run(world) {
      const one = await create(world);
      const two = await command(world, one.paymentId, update(world, { description: 'x' }));
      for (const receipt of [one, two]) {
        const last = receipt.events.at(-1);
        assert.equal(last?.position, receipt.position.position);
        const events = await readAll(world, { from: (last?.position ?? 1) - 1, limit: 1 });
        assert.equal(events[0]?.eventId, last?.eventId);
      }
    },
    async otherwise(world) {
      const { position, paymentId } = await create(world);
      await world.eventually('the event is projected', async () => {
        return (await readAll(world, { ...world.key(paymentId) })).length === 1;
      });
      assert.equal(position.position, null, 'a global position is promised although the order is that of projection');
    },
  },
  {
    name: 'who follows the log while sixteen write misses no event and sees each once',
    property: 'log-order',
    run: (world) => followedWhole(world),
  },
  {
    name: 'an event is in the log as the history and the receipt show it',
    property: 'log-order',
    async run(world) {
      const { paymentId, events } = await create(world, { metadata: { team: 'blue' } });
      const { organizationId } = world;
      await world.strategy.read.get({ type: 'GetPayment', paymentId, asOf: null }, await world.reading());
      const [logged] = await readAll(world, { organizationId });
      const [shown] = await world.strategy.log.history(
        { type: 'PaymentHistory', paymentId, fromVersion: 1 },
        await world.reading(),
      );
      assert.deepEqual(logged, shown);
      assert.deepEqual({ ...logged, position: 0 }, { ...events[0], position: 0 });
    },
  },
];

/** Writes from many places while somebody reads on and on; what was read must be what was written. */
async function followedWhole(world: World): Promise<void> {
  const { organizationId } = world;
  const seen: RecordedEvent[] = [];
  let from: number | null = null;
  const readOn = async () => {
    const page = await world.strategy.log.readAll({ direction: 'forward', from, limit: 7, organizationId });
    seen.push(...page.events);
    from = page.next;
    return page.end;
  };
  let isWriting = true;
  const writing = writeAtOnce(world, world.count(10, 4)).finally(() => {
    isWriting = false;
  });
  const following = async () => {
    while (isWriting) if (await readOn()) await world.clock.sleep(1);
  };
  const [written] = await Promise.all([writing, following()]);
  await world.eventually('the follower has seen all that was written', async () => {
    while (!(await readOn())) continue;
    return seen.length >= written;
  });
  assert.equal(seen.length, written);
  assert.deepEqual(seen, await readAll(world, { organizationId }));
  requireVersionsInOrder(seen);
}

/** Many payments at once, each created and changed. @returns how many events that makes. */
async function writeAtOnce(world: World, changes: number): Promise<number> {
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      const { paymentId } = await create(world);
      for (let n = 1; n < changes; n++) {
        await command(world, paymentId, update(world, { metadata: { n: String(n) } }));
      }
    }),
  );
  return WRITERS * changes;
}

function requireVersionsInOrder(events: readonly RecordedEvent[]): void {
  const versions = new Map<PaymentId, number>();
  for (const { paymentId, version } of events) {
    assert.equal(version, (versions.get(paymentId) ?? 0) + 1, `the versions of payment ${paymentId} are out of order`);
    versions.set(paymentId, version);
  }
}
