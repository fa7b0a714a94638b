// What the cases of archive and integrity are written in.

import assert from 'node:assert/strict';
import {
  instantOf,
  parseKeptRoot,
  systemClock,
  type Difference,
  type Keyring,
  type MaintenanceOptions,
  type MaintenanceReport,
  type MaintenanceScope,
  type Payment,
} from '@paystrata/application';
import { createLogMaintenance } from '../integrity/log-maintenance.ts';
import type { SqlPaymentStore } from '../journal/journal-store.ts';
import { creation, globex, known, noting } from './entries.ts';

export interface IntegrityWorld {
  /** A started store on the database, as another process would have it; stopped when the case ends. */
  open(keyring?: Keyring): Promise<SqlPaymentStore>;
  /** Changes the tables behind everybody's back; in the words of PostgreSQL. */
  tamper(sql: string, ...values: readonly (string | number | Uint8Array)[]): Promise<void>;
  /** What the tables hold. */
  look(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** A world of its own that holds what this one holds now; its stores must be stopped. */
  copy(): Promise<IntegrityWorld>;
}

export interface IntegrityCase {
  readonly name: string;
  readonly run: (world: IntegrityWorld) => Promise<void>;
}

const everything: MaintenanceScope = { kind: 'all' };
/** After all that the entries of the tests say of time. */
export const later = instantOf(1_760_000_000_001);

export function maintain(
  store: SqlPaymentStore,
  action: 'verify' | 'archive',
  options: MaintenanceOptions & { readonly scope?: MaintenanceScope } = {},
): Promise<MaintenanceReport> {
  const { scope = everything, ...how } = options;
  return createLogMaintenance({ store, clock: systemClock, archiveAfterDays: null }).run(action, scope, how);
}

/** Verifies everything with a store that has read nothing yet. @returns what differs, as texts. */
export async function differences({ open }: IntegrityWorld, root?: string): Promise<readonly string[]> {
  const keptRoot = root === undefined ? undefined : parseKeptRoot(root);
  const report = await maintain(await open(), 'verify', keptRoot === undefined ? {} : { keptRoot });
  assert.equal(report.differing, report.differences.length);
  return report.differences.map(shown);
}

function shown({ organizationId, paymentId, problem }: Difference): string {
  return paymentId === null ? problem : `${organizationId}/${paymentId}: ${problem}`;
}

/** Verifies that nothing differs, and seals to the end. @returns the root to keep. */
export async function seal(store: SqlPaymentStore): Promise<string> {
  const report = await maintain(store, 'verify', { seal: true });
  assert.deepEqual(report.differences, []);
  return known(report.root);
}

/** Three payments with three events each: those of the first at 1, 4, 7; of the second at 2, 5, 8; of the third, of
 * another organization, at 3, 6, 9. */
export async function nineEvents(store: SqlPaymentStore): Promise<readonly [Payment, Payment, Payment]> {
  const created = [creation(), creation(), creation({ organizationId: globex })];
  const noted = created.map(({ payment }) => noting(payment, 'one'));
  const again = noted.map(({ payment }) => noting(payment, 'two'));
  const results = await store.commit([...created, ...noted, ...again]);
  assert.deepEqual(
    results,
    Array.from({ length: 9 }, (_, index) => ({ outcome: 'committed', position: index + 1 })),
  );
  const [a, b, c] = again.map(({ payment }) => payment);
  return [known(a), known(b), known(c)];
}

/** How a payment is named where it differs. */
export function nameOf({ organizationId, id }: Payment): string {
  return `${organizationId}/${id}`;
}
