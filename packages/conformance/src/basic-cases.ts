// The first twenty cases: what a strategy must do before anything else is worth asking.

import { commandsOnce } from './cases/basics/commands-once.ts';
import { lifeOfAPayment } from './cases/basics/life-of-a-payment.ts';
import { basicRaces } from './cases/basics/races.ts';
import { basicReads } from './cases/basics/reads.ts';
import type { ConformanceCase } from './kit/case.ts';

/** Create, process, refund, race, reference, replay of a key, get, search, history. */
export const basicCases: readonly ConformanceCase[] = [
  ...lifeOfAPayment,
  ...basicRaces,
  ...commandsOnce,
  ...basicReads,
];
