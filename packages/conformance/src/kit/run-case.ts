// Runs one case against a fresh strategy, without any test framework.

import type { Capabilities } from '@paystrata/application';
import { openWorld } from '../world/open-world.ts';
import { isMet, type ConformanceCase } from './case.ts';
import type { ConformanceFactory } from './subject.ts';

/** What a run came to: `held`, or that the strategy declares otherwise and the declaration proved true. */
export type CaseOutcome = 'held' | 'declared-otherwise';

export interface CaseRun {
  readonly outcome: CaseOutcome;
  readonly capabilities: Capabilities;
}

/** @throws whatever the case found wrong; what is left of the strategy is disposed of all the same. */
export async function runCase(each: ConformanceCase, factory: ConformanceFactory): Promise<CaseRun> {
  const world = await openWorld(factory);
  const { capabilities } = world.strategy;
  try {
    if (isMet(each, capabilities)) {
      await each.run(world);
      return { outcome: 'held', capabilities };
    }
    if ('otherwise' in each) await each.otherwise(world);
    return { outcome: 'declared-otherwise', capabilities };
  } finally {
    await world.close();
  }
}
