// The projected log: every payment's events in the order in which they were projected, and all reads that stand on it.
// Derived, so it may be lost: it is filled again from the workflows.

import type { Clock, EventLog, Keyring, Maintenance, PaymentStore, ReadModel } from '@paystrata/application';
import type { TemporalOptions } from '../strategy/options.ts';
import { createMemoryProjection } from './memory-projection.ts';
import { createSqlProjection } from './sql-projection.ts';

export interface Projection {
  readonly store: PaymentStore;
  readonly read: ReadModel;
  readonly log: EventLog;
  readonly maintenance: Maintenance;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** There is something new in the store. */
  notice(): void;
  /** Of the last event that reads contain. */
  position(): number;
}

/** Nothing is opened before `start`. */
export function createProjection(options: TemporalOptions['projection'], clock: Clock, keyring: Keyring): Projection {
  return options.kind === 'memory' ? createMemoryProjection(clock) : createSqlProjection(options, clock, keyring);
}

/** True where nothing was ever projected: everything has to be fetched from the workflows. */
export async function isEmpty({ store }: Pick<Projection, 'store'>): Promise<boolean> {
  const { events } = await store.readAll({ direction: 'backward', from: null, limit: 1 });
  return events.length === 0;
}
