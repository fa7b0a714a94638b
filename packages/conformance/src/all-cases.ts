// Every case of the kit, the first twenty first.

import { basicCases } from './basic-cases.ts';
import { changing } from './cases/commands/changing.ts';
import { charging } from './cases/commands/charging.ts';
import { ending } from './cases/commands/ending.ts';
import { everySituation } from './cases/commands/every-situation.ts';
import { limits } from './cases/commands/limits.ts';
import { bulk } from './cases/bulk/bulk.ts';
import { once } from './cases/commands/once.ts';
import { positionChecks, readYourWrites } from './cases/consistency/read-your-writes.ts';
import { maintenance } from './cases/life/maintenance.ts';
import { openEffects } from './cases/life/open-effects.ts';
import { restart } from './cases/life/restart.ts';
import { stop } from './cases/life/stop.ts';
import { logOrder } from './cases/log/order.ts';
import { logPaging } from './cases/log/paging.ts';
import { commandRaces } from './cases/races/commands.ts';
import { refundRaces } from './cases/races/refunds.ts';
import type { ConformanceCase } from './kit/case.ts';

export const allCases: readonly ConformanceCase[] = [
  ...basicCases,
  ...changing,
  ...charging,
  ...ending,
  ...everySituation,
  ...limits,
  ...once,
  ...commandRaces,
  ...refundRaces,
  ...bulk,
  ...readYourWrites,
  ...positionChecks,
  ...logOrder,
  ...logPaging,
  ...openEffects,
  ...maintenance,
  ...stop,
  ...restart,
];
