// Maintenance of read models in SQL: verified against the log, repaired, projected again, built anew, kept in order.

import {
  capabilityMissing,
  PortFailure,
  readPages,
  type Difference,
  type LogSource,
  type Maintenance,
  type MaintenanceAction,
  type MaintenanceOptions,
  type MaintenanceReport,
  type MaintenanceScope,
  type PaymentKey,
} from '@paystrata/application';
import type { ReadsDatabase } from '../database/reads-database.ts';
import type { Projector } from '../projecting/projector.ts';
import { recountEvents } from '../../event-reads/verify-events.ts';
import { recountSums } from './check-sums.ts';
import { projectAgain } from './project-again.ts';
import { verifyReads, type VerifiedReads } from './verify-reads.ts';

export interface ReadsMaintenanceOptions {
  readonly source: LogSource;
  readonly database: ReadsDatabase;
  readonly projector: Projector;
  readonly head: () => Promise<number>;
}

const actions: readonly MaintenanceAction[] = ['verify', 'repair', 'rebuild', 'synchronize', 'optimize'];

/**
 * - `verify`: every document and event of the scope against the log, and what they are found by; for more than one
 *   payment also the number of rows, the sums and the counts. Not the counts of suggestions, which a rebuild mends.
 * - `repair`: projects again what differs, and counts the sums again where they do.
 * - `rebuild`: all tables anew beside the old ones, verified before they take their place, whatever the scope.
 * - `synchronize`: catches up with the log and projects every payment of the scope again.
 * - `optimize`: statistics for the planner, and room given back; whatever the scope.
 */
export function createReadsMaintenance(options: ReadsMaintenanceOptions): Maintenance {
  const run: Maintenance['run'] = async (action, scope, how = {}) => {
    how.signal?.throwIfAborted();
    switch (action) {
      case 'verify':
        return reportOf(action, 0, await verify(options, scope, how));
      case 'repair':
        return repair(options, scope, how);
      case 'rebuild':
        return rebuild(options, how);
      case 'synchronize':
        return synchronize(options, scope, how);
      case 'optimize':
        await options.database.optimize();
        return reportOf(action, 0, { checked: 0, differences: [], differing: 0 });
      case 'archive':
        throw capabilityMissing('the read model', action, actions);
    }
  };
  return { actions, run };
}

function reportOf(action: MaintenanceAction, changed: number, found: VerifiedReads): MaintenanceReport {
  return { action, changed, ...found };
}

function verify(
  { source, projector }: ReadsMaintenanceOptions,
  scope: MaintenanceScope,
  how: MaintenanceOptions,
): Promise<VerifiedReads> {
  const read = projector.read.bind(projector);
  return verifyReads({ ...how, source, scope, read, thorough: true, catchUp: projector.catchUp });
}

/** Projected in one transaction, while the checkpoint stands still. */
const PAYMENTS_A_TIME = 100;

async function repair(
  options: ReadsMaintenanceOptions,
  scope: MaintenanceScope,
  how: MaintenanceOptions,
): Promise<MaintenanceReport> {
  const found = await verify(options, scope, how);
  const changed = await again(options, found.differences.flatMap(keyOf));
  // What differs was added to the sums, and taken from them, as it was wrong.
  const organizations = new Set(found.differences.flatMap(({ organizationId }) => organizationId ?? []));
  for (const organization of organizations) {
    await options.projector.change(async (session) => {
      await recountSums(session, organization);
      await recountEvents(session, organization);
    });
  }
  return reportOf('repair', changed, found);
}

function keyOf({ organizationId, paymentId }: Difference): readonly PaymentKey[] {
  return organizationId === null || paymentId === null ? [] : [{ organizationId, paymentId }];
}

async function synchronize(
  options: ReadsMaintenanceOptions,
  scope: MaintenanceScope,
  { onProgress, signal }: MaintenanceOptions,
): Promise<MaintenanceReport> {
  const { source, projector } = options;
  await projector.catchUp();
  let changed = 0;
  const { organizationId, paymentId } = { organizationId: undefined, paymentId: undefined, ...scope };
  const part = {
    ...(organizationId !== undefined && { organizationId }),
    ...(paymentId !== undefined && { paymentId }),
  };
  for await (const { events } of readPages(source, part)) {
    signal?.throwIfAborted();
    changed += await again(
      options,
      events.filter(({ version }) => version === 1),
    );
    onProgress?.({ done: changed, total: null });
  }
  return reportOf('synchronize', changed, { checked: changed, differences: [], differing: 0 });
}

async function again({ source, projector }: ReadsMaintenanceOptions, keys: readonly PaymentKey[]): Promise<number> {
  let changed = 0;
  for (let at = 0; at < keys.length; at += PAYMENTS_A_TIME) {
    const some = keys.slice(at, at + PAYMENTS_A_TIME);
    changed += await projector.change((session, upTo) => projectAgain(session, upTo, source, some));
  }
  return changed;
}

async function rebuild(
  { source, projector, head }: ReadsMaintenanceOptions,
  { onProgress, signal }: MaintenanceOptions,
): Promise<MaintenanceReport> {
  const total = await head();
  let found: VerifiedReads = { checked: 0, differences: [], differing: 0 };
  await projector.rebuild({
    ...(signal !== undefined && { signal }),
    onMoved: (position) => onProgress?.({ done: Math.min(position, total), total }),
    check: async (read, catchUp) => {
      const scope = { kind: 'all' } as const;
      found = await verifyReads({
        source,
        scope,
        read,
        thorough: false,
        catchUp,
        ...(signal !== undefined && { signal }),
      });
      if (found.differing === 0) return;
      const [first] = found.differences;
      throw new PortFailure(
        'STORE_DAMAGED',
        `the tables that were built anew differ from the log, the old ones stay: ${first?.problem}`,
        { details: { differing: found.differing } },
      );
    },
  });
  onProgress?.({ done: total, total });
  return reportOf('rebuild', found.checked, found);
}
