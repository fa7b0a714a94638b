// Reads that are told how fresh they must be, and what they do when they cannot.

import assert from 'node:assert/strict';
import type { Position } from '@paystrata/application';
import type { ConformanceCase } from '../../kit/case.ts';
import { failsWith } from '../../world/expect.ts';
import { command, create } from '../../world/orders.ts';
import { searchFor } from '../../world/reading.ts';
import { update } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';
import { everyQuestion } from './questions.ts';

/** Long enough for a strategy to notice, short enough not to be waited for. */
const SHORT_MS = 60;

export const readYourWrites: readonly ConformanceCase[] = [
  {
    name: 'a read with the position of a write contains that write, every time',
    property: 'read-your-writes',
    async run(world) {
      const { paymentId } = await create(world);
      for (let n = 1; n <= world.count(100, 20); n++) {
        const { position, version } = await command(world, paymentId, update(world, { description: `change ${n}` }));
        const context = world.readingAt(position);
        const found = await world.strategy.read.get({ type: 'GetPayment', paymentId, asOf: null }, context);
        assert.equal(found?.payment.version, version);
        const page = await world.strategy.read.search(searchFor({ filter: { text: `change ${n}` } }), context);
        assert.equal(page.payments[0]?.payment.version, version);
        const fromVersion = version;
        const [event] = await world.strategy.log.history({ type: 'PaymentHistory', paymentId, fromVersion }, context);
        assert.equal(event?.version, version);
      }
    },
  },
  {
    name: 'a strategy whose reads are immediate shows every write without being told its position',
    property: 'read-your-writes',
    needs: { reads: 'immediate' },
    async run(world) {
      const fresh = world.readingAt(null, 0);
      for (let n = 1; n <= world.count(50, 10); n++) {
        const { paymentId } = await create(world);
        const found = await world.strategy.read.get({ type: 'GetPayment', paymentId, asOf: null }, fresh);
        assert.equal(found?.payment.id, paymentId);
        assert.equal((await world.strategy.read.search(searchFor({}), fresh)).total.value, n);
      }
    },
    async otherwise(world) {
      const { paymentId, position } = await create(world);
      const query = { type: 'GetPayment', paymentId, asOf: null } as const;
      assert.equal((await world.strategy.read.get(query, world.readingAt(position)))?.payment.id, paymentId);
      await world.eventually('the payment shows without a position too', async () => {
        return (await world.strategy.read.get(query, world.readingAt(null))) !== null;
      });
    },
  },
  {
    name: 'a position that is not reached in time is a time-out for every question, never an older answer',
    property: 'read-your-writes',
    async run(world) {
      const { paymentId, position } = await create(world);
      await answersAll(world, position);
      const future = ahead(position, 1_000_000);
      const asks = [...everyQuestion(world, paymentId)];
      const wait = ([question, ask]: (typeof asks)[number]) =>
        failsWith('POSITION_TIMEOUT', () => ask(world.readingAt(future, SHORT_MS)), question);
      await Promise.all(asks.map(wait));
    },
  },
  {
    name: 'a read that waits for a position is answered when the write comes, and contains it',
    property: 'read-your-writes',
    async run(world) {
      const { paymentId, position } = await create(world);
      const query = { type: 'GetPayment', paymentId, asOf: null } as const;
      const waiting = world.strategy.read.get(query, world.readingAt(ahead(position, 1)));
      const writing = command(world, paymentId, update(world, { description: 'what was waited for' }));
      const [found] = await Promise.all([waiting, writing]);
      assert.equal(found?.payment.personal.description, 'what was waited for');
    },
  },
];

export const positionChecks: readonly ConformanceCase[] = [
  {
    name: 'a position of another life of the log is refused at once by every question',
    property: 'position-checks',
    async run(world) {
      const { paymentId, position } = await create(world);
      await answersAll(world, position);
      const foreign = { ...position, epoch: `${position.epoch.slice(0, 32)}-other` };
      for (const [question, ask] of everyQuestion(world, paymentId)) {
        await failsWith('POSITION_UNKNOWN', () => ask(world.readingAt(foreign)), question);
      }
    },
  },
  {
    name: 'a position of another organization is refused at once by every question',
    property: 'position-checks',
    async run(world) {
      const { paymentId, position } = await create(world);
      await answersAll(world, position);
      const neighbour = world.neighbour();
      await create(neighbour);
      for (const [question, ask] of everyQuestion(neighbour, paymentId)) {
        await failsWith('POSITION_UNKNOWN', () => ask(neighbour.readingAt(position)), question);
      }
    },
  },
];

/** That questions with a position are answered at all. */
async function answersAll(world: World, position: Position): Promise<void> {
  const asks = everyQuestion(world, position.paymentId);
  const answers = await Promise.all([...asks.values()].map((ask) => ask(world.readingAt(position))));
  const history = answers[[...asks.keys()].indexOf('history')];
  assert.equal(Array.isArray(history) && history.length, position.version);
}

/** A place in the log that nothing was written at yet. */
function ahead(position: Position, by: number): Position {
  const place = position.position === null ? null : position.position + by;
  return { ...position, version: position.version + by, position: place };
}
