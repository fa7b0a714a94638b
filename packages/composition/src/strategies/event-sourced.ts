// The strategy event-sourced: its log is the record, in SQLite unless a database is named.

import { PortFailure } from '@paystrata/application';
import type { LoadStrategy } from './strategy-parts.ts';

export const loadEventSourced: LoadStrategy = async () => {
  throw new PortFailure('CONFIG_INVALID', 'PAYSTRATA_STORAGE is "event-sourced", which this version does not have yet');
};
