// Races: the same intention from many callers at once, each with a command id of its own, and who won.

import assert from 'node:assert/strict';
import type { Receipt, WriteOrder, WriteResult } from '@paystrata/application';
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
 * Lets all orders go at once and awaits every answer. A racer that lost all its tries to others
 * (`WRONG_EXPECTED_VERSION`) asks again, as a client would, until it is told.
 */
export async function race(world: World, orders: readonly WriteOrder[]): Promise<Race> {
  const results = await Promise.all(orders.map((order) => untilTold(world, order)));
  return {
    winners: results.flatMap((result) => (result.ok ? [result.receipt] : [])),
    losers: results.flatMap((result) => (result.ok ? [] : [result.rejection])),
  };
}

/** The one winner; it is wrong if nobody won, or two did. */
export function onlyWinner({ winners }: Race): Receipt {
  const [winner] = winners;
  assert.equal(winners.length, 1, `exactly one may win, ${winners.length} did`);
  if (winner === undefined) assert.fail('nobody won');
  return winner;
}

async function untilTold(world: World, order: WriteOrder): Promise<WriteResult> {
  for (let tries = 1; ; tries++) {
    try {
      return await world.execute(order);
    } catch (error) {
      const lost = error instanceof Error && 'code' in error && error.code === 'WRONG_EXPECTED_VERSION';
      if (!lost || tries >= 100) throw error;
    }
  }
}
