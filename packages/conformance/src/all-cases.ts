// Every case of the kit, the first twenty first.

import { basicCases } from './basic-cases.ts';
import { changing } from './cases/commands/changing.ts';
import { charging } from './cases/commands/charging.ts';
import { ending } from './cases/commands/ending.ts';
import { everySituation } from './cases/commands/every-situation.ts';
import { limits } from './cases/commands/limits.ts';
import type { ConformanceCase } from './kit/case.ts';

export const allCases: readonly ConformanceCase[] = [
  ...basicCases,
  ...changing,
  ...charging,
  ...ending,
  ...everySituation,
  ...limits,
];
