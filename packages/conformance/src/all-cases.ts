// Every case of the kit, the first twenty first.

import { basicCases } from './basic-cases.ts';
import { changing } from './cases/commands/changing.ts';
import { charging } from './cases/commands/charging.ts';
import { ending } from './cases/commands/ending.ts';
import { everySituation } from './cases/commands/every-situation.ts';
import { limits } from './cases/commands/limits.ts';
import { bulk } from './cases/bulk/bulk.ts';
import { bulkOnOnePayment } from './cases/bulk/same-payment.ts';
import { once } from './cases/commands/once.ts';
import { positionChecks, readYourWrites } from './cases/consistency/read-your-writes.ts';
import { erasure } from './cases/erasure/erasure.ts';
import { asOf } from './cases/events/as-of.ts';
import { correlations } from './cases/events/correlation.ts';
import { eventCounts } from './cases/events/event-counts.ts';
import { eventSearch } from './cases/events/event-search.ts';
import { histories } from './cases/events/history.ts';
import { replays } from './cases/events/replay.ts';
import { maintenance } from './cases/life/maintenance.ts';
import { openEffects } from './cases/life/open-effects.ts';
import { restart } from './cases/life/restart.ts';
import { stop } from './cases/life/stop.ts';
import { logOrder } from './cases/log/order.ts';
import { logPaging } from './cases/log/paging.ts';
import { moneyConserved } from './cases/money/conserved.ts';
import { analytics, analyticsLimits } from './cases/queries/analytics.ts';
import { cursors } from './cases/queries/cursors.ts';
import { paging } from './cases/queries/paging.ts';
import { searchFilters } from './cases/queries/search-filters.ts';
import { searchOrder } from './cases/queries/search-order.ts';
import { statistics } from './cases/queries/statistics.ts';
import { suggestions } from './cases/queries/suggestions.ts';
import { tenancy } from './cases/queries/tenancy.ts';
import { textSearch } from './cases/queries/text.ts';
import { timeZones } from './cases/queries/time-zones.ts';
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
  ...bulkOnOnePayment,
  ...searchFilters,
  ...searchOrder,
  ...paging,
  ...cursors,
  ...textSearch,
  ...suggestions,
  ...statistics,
  ...analytics,
  ...analyticsLimits,
  ...timeZones,
  ...tenancy,
  ...histories,
  ...asOf,
  ...correlations,
  ...eventSearch,
  ...eventCounts,
  ...replays,
  ...erasure,
  ...readYourWrites,
  ...positionChecks,
  ...logOrder,
  ...logPaging,
  ...openEffects,
  ...moneyConserved,
  ...maintenance,
  ...stop,
  ...restart,
];
