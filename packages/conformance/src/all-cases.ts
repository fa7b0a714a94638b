// Every case of the kit, the first twenty first.

import { basicCases } from './basic-cases.ts';
import type { ConformanceCase } from './kit/case.ts';

export const allCases: readonly ConformanceCase[] = [...basicCases];
