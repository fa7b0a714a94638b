// Maintenance of a log in a database: it is archived, sealed and verified, and the states are compared with it.

import {
  formatKeptRoot,
  instantOf,
  InvalidMessage,
  PortFailure,
  verifyStore,
  type Clock,
  type Difference,
  type Maintenance,
  type MaintenanceAction,
  type MaintenanceOptions,
  type MaintenanceReport,
  type MaintenanceScope,
} from '@paystrata/application';
import { archiveEvents } from '../archive/archive-events.ts';
import type { SqlPaymentStore } from '../journal/journal-store.ts';
import { sealLog } from './seal-log.ts';
import { lastSeal } from './seals-table.ts';
import { verifyLog } from './verify-log.ts';

export interface LogMaintenanceOptions {
  /** Started, and with the journal that its payments are in. */
  readonly store: Pick<SqlPaymentStore, 'journal' | 'load' | 'readAll'>;
  readonly clock: Clock;
  /** Events older than so many days are archived where nothing else is said; null: then it must be said. */
  readonly archiveAfterDays: number | null;
}

const DAY_MS = 86_400_000;
const actions: readonly MaintenanceAction[] = ['verify', 'archive'];

export function createLogMaintenance(options: LogMaintenanceOptions): Maintenance {
  return {
    actions,
    run: async (action, scope, how = {}) => {
      how.signal?.throwIfAborted();
      if (action === 'verify') return verify(options, scope, how);
      if (action === 'archive') return archive(options, scope, how);
      const message = `the log has nothing to ${action}; what it has: ${actions.join(', ')}`;
      throw new PortFailure('CAPABILITY_MISSING', message, { details: { action } });
    },
  };
}

async function verify(
  { store, clock }: LogMaintenanceOptions,
  scope: MaintenanceScope,
  how: MaintenanceOptions,
): Promise<MaintenanceReport> {
  if (scope.kind !== 'all' && (how.keptRoot !== undefined || how.seal === true)) {
    const path = how.keptRoot === undefined ? 'seal' : 'root';
    throw new InvalidMessage('verify', [{ path, message: 'a root stands for the whole log: verify all of it' }]);
  }
  const tables = store.journal.tables();
  const reader = store.journal.archive;
  const { findings } = await verifyLog(tables, reader, { scope, ...how });
  const states = await verifyStates(store, scope, how);
  const differing = findings.differing + states.differing;
  if (how.seal === true && differing === 0) {
    await sealLog(tables, reader, { now: clock.now(), toEnd: true, ...signalOf(how) });
  }
  // Who may see a part of the log is not told how much else there is.
  const newest = scope.kind === 'all' ? await lastSeal(tables) : null;
  return {
    action: 'verify',
    checked: states.checked,
    changed: 0,
    differences: [...findings.differences, ...states.differences].slice(0, 1000),
    differing,
    ...(newest !== null && { root: formatKeptRoot(newest) }),
  };
}

/** Where an event cannot be read, the states after it cannot be compared: that is one difference more. */
async function verifyStates(
  store: LogMaintenanceOptions['store'],
  scope: MaintenanceScope,
  how: MaintenanceOptions,
): Promise<Pick<MaintenanceReport, 'checked' | 'differences' | 'differing'>> {
  try {
    return await verifyStore(store, scope, signalOf(how));
  } catch (error) {
    if (!(error instanceof PortFailure) || error.code !== 'STORE_DAMAGED') throw error;
    const problem = `not all states could be compared with the log: ${error.message}`;
    const difference: Difference = { organizationId: null, paymentId: null, problem };
    return { checked: 0, differences: [difference], differing: 1 };
  }
}

async function archive(
  { store, clock, archiveAfterDays }: LogMaintenanceOptions,
  scope: MaintenanceScope,
  how: MaintenanceOptions,
): Promise<MaintenanceReport> {
  const now = clock.now();
  const before = how.before ?? (archiveAfterDays === null ? null : instantOf(now - archiveAfterDays * DAY_MS));
  if (before === null) {
    const message = 'say from before when events are archived, or set archive.afterDays';
    throw new InvalidMessage('archive', [{ path: 'before', message }]);
  }
  const { checked, events, textBytes, segmentBytes } = await archiveEvents(store.journal.tables(), {
    scope,
    before,
    now,
    ...how,
  });
  const bytes = { before: textBytes, after: segmentBytes };
  return { action: 'archive', checked, changed: events, differences: [], differing: 0, bytes };
}

function signalOf({ signal }: MaintenanceOptions): Pick<MaintenanceOptions, 'signal'> {
  return signal === undefined ? {} : { signal };
}
