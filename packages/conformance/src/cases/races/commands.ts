// Races between different intentions, and those in which nobody may lose.

import assert from 'node:assert/strict';
import type { Receipt } from '@paystrata/application';
import type { PaymentCommand } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { carriedOut, processed } from '../../world/gateway-work.ts';
import { create, creation, order, settledImport } from '../../world/orders.ts';
import { onlyWinner, race, RACERS, wayOf, waysInto } from '../../world/race.ts';
import { currentPayment, history } from '../../world/reading.ts';
import { cancel, process, remove, settle, update } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';

export const commandRaces: readonly ConformanceCase[] = [
  {
    name: 'where deleting and processing race, one of them wins and the others are refused',
    property: 'one-winner',
    async run(world) {
      const winner = await onePayment(world, (n) => (n % 2 === 0 ? remove(world) : process(world)));
      const payment = await currentPayment(world, winner.paymentId);
      const charged = (await world.installation.ledger.entries()).length;
      const ends = payment.status === 'deleted' ? 0 : 1;
      assert.deepEqual([charged, payment.attempts.length], [ends, ends]);
    },
  },
  {
    name: 'where cancelling and processing race, one of them wins and the others are refused',
    property: 'one-winner',
    async run(world) {
      const winner = await onePayment(world, (n) => (n % 2 === 0 ? cancel(world) : process(world)));
      const { status } = await currentPayment(world, winner.paymentId);
      assert.equal(status, winner.events[0]?.type === 'PaymentCancelled' ? 'cancelled' : 'completed');
    },
  },
  {
    name: 'where creating and importing race for one reference, one payment comes of it',
    property: 'one-winner',
    async run(world) {
      const orders = racers((n) => (n % 2 === 0 ? creation : settledImport)(world, { reference: 'INV-9' }));
      const winner = onlyWinner(await race(world, orders));
      const events = await history(world, winner.paymentId);
      assert.deepEqual(
        events.map(({ eventId }) => eventId),
        winner.events.map(({ eventId }) => eventId),
      );
    },
  },
  {
    name: 'of persons who settle at once exactly one decides',
    property: 'one-winner',
    async run(world) {
      const { paymentId } = await create(world, { amount: 500n });
      await processed(world, paymentId, 'test_wrong_amount');
      const orders = racers((n) => order(world, paymentId, settle(world, n % 2 === 0 ? 'completed' : 'failed')));
      const winner = onlyWinner(await race(world, orders));
      assert.equal((await currentPayment(world, paymentId)).status, winner.payment.status);
    },
  },
  {
    name: 'of sixteen updates upon the same expected version exactly one wins',
    property: 'expected-version',
    async run(world) {
      const { paymentId } = await create(world);
      const orders = racers((n) =>
        order(world, paymentId, update(world, { metadata: { n: String(n) } }), { expectedVersion: 1 }),
      );
      const ways = await waysInto(world);
      const outcomes = await Promise.allSettled(orders.map((each, n) => wayOf(ways, n)(each)));
      const accepted = outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value.ok);
      const codes = outcomes.flatMap(({ status, ...outcome }) =>
        status === 'rejected' && 'reason' in outcome ? [codeOf(outcome.reason)] : [],
      );
      assert.equal(accepted.length, 1);
      assert.deepEqual(codes, Array(RACERS - 1).fill('WRONG_EXPECTED_VERSION'));
      assert.equal((await currentPayment(world, paymentId)).version, 2);
    },
  },
  {
    name: 'sixteen updates of different metadata at once are all kept',
    property: 'one-winner',
    async run(world) {
      const { paymentId } = await create(world);
      const orders = racers((n) => order(world, paymentId, update(world, { metadata: { [`key-${n}`]: String(n) } })));
      const { winners } = await race(world, orders);
      assert.equal(winners.length, RACERS);
      const payment = await currentPayment(world, paymentId);
      assert.deepEqual(payment.personal.metadata, Object.fromEntries(racers((n) => [`key-${n}`, String(n)])));
      assert.deepEqual(
        winners.map(({ version }) => version).sort((a, b) => a - b),
        racers((n) => n + 2),
      );
    },
  },
];

/** Races on one new payment, carries out what the winner started and answers the winner. */
async function onePayment(world: World, make: (n: number) => PaymentCommand): Promise<Receipt> {
  const { paymentId } = await create(world);
  const winner = onlyWinner(
    await race(
      world,
      racers((n) => order(world, paymentId, make(n))),
    ),
  );
  await carriedOut(world, winner);
  return winner;
}

function racers<T>(make: (n: number) => T): readonly T[] {
  return Array.from({ length: RACERS }, (_, n) => make(n));
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : error;
}
