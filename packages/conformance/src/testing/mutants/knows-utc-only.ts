// Makes the buckets of every time zone in UTC.

import type { Mutant } from './mutant.ts';

export const knowsUtcOnly: Mutant = {
  name: 'cuts days and hours in UTC, whatever the time zone',
  breaks: 'time-zones',
  read: (read) => ({ analytics: (query, context) => read.analytics({ ...query, timezone: 'UTC' }, context) }),
};
