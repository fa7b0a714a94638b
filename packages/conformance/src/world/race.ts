// Races: the same intention from many callers at once, each with a command id of its own, and who won.

import assert from 'node:assert/strict';
import type { Receipt, WriteModel, WriteOrder, WriteResult } from '@paystrata/application';
import type { Rejection } from '@paystrata/domain';
import type { World } from './world.ts';

/** How many race. */
export const RACERS = 16;

/** How a race ended. */
export interface Race {
  readonly winners: readonly Receipt[];
  readonly losers: readonly Rejection[];
}

/**
 * Lets all orders go at once and awaits every answer. They go by every way there is: one by one and in bulks of one,
 * from this process and, where the strategy can be shared, from another. A racer that lost all its tries to others
 * (`WRONG_EXPECTED_VERSION`) asks again, as a client would, until it is told.
 */
export async function race(world: World, orders: readonly WriteOrder[]): Promise<Race> {
  const ways = await waysInto(world);
  const results = await Promise.all(orders.map((order, n) => untilTold(order, wayOf(ways, n))));
  return {
    winners: results.flatMap((result) => (result.ok ? [result.receipt] : [])),
    losers: results.flatMap((result) => (result.ok ? [] : [result.rejection])),
  };
}

export type Way = (order: WriteOrder) => Promise<WriteResult>;

/** Every way in which an order can reach the strategy. */
export async function waysInto(world: World): Promise<readonly Way[]> {
  const beside = await world.installation.beside();
  const writers = beside === null ? [world.strategy.write] : [world.strategy.write, beside.write];
  return [
    ...writers.map(
      (write): Way =>
        (order) =>
          world.execute(order, write),
    ),
    ...writers.map(
      (write): Way =>
        (order) =>
          alone(world, order, write),
    ),
  ];
}

/** The `n`th racer's way. */
export function wayOf(ways: readonly Way[], n: number): Way {
  const way = ways[n % ways.length];
  if (way === undefined) throw new Error('no way leads into the strategy');
  return way;
}

async function alone(world: World, order: WriteOrder, write: WriteModel): Promise<WriteResult> {
  const [result, ...more] = await world.executeBulk([order], write);
  assert.ok(result !== undefined && more.length === 0, 'a bulk of one order has one result');
  if (!result.ok && 'failure' in result) throw result.failure;
  return result;
}

/** The one winner; it is wrong if nobody won, or two did. */
export function onlyWinner({ winners }: Race): Receipt {
  const [winner] = winners;
  assert.equal(winners.length, 1, `exactly one may win, ${winners.length} did`);
  if (winner === undefined) assert.fail('nobody won');
  return winner;
}

/** Asks again after every lost race, until it is told yes or no. */
export async function untilTold(order: WriteOrder, way: Way): Promise<WriteResult> {
  for (let tries = 1; ; tries++) {
    try {
      return await way(order);
    } catch (error) {
      const lost = error instanceof Error && 'code' in error && error.code === 'WRONG_EXPECTED_VERSION';
      if (!lost || tries >= 100) throw error;
    }
  }
}
