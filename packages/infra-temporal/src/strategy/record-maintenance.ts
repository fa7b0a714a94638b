// Keeps the projected log equal to the records: what it lacks is appended, and what it has is compared.

import {
  canonicalJson,
  type Difference,
  type Maintenance,
  type MaintenanceOptions,
  type MaintenanceReport,
  type MaintenanceScope,
} from '@paystrata/application';
import { evolveAll, noPersonalData, type Payment } from '@paystrata/domain';
import type { PersonalSeals } from '../personal/personal-seals.ts';
import type { Projection } from '../projection/projection.ts';
import type { ProjectionMessage } from '../protocol/messages.ts';
import { fillProjection, isWithin } from './fill-projection.ts';
import type { Records } from './records.ts';

interface Parts {
  readonly records: () => Records;
  readonly projection: Pick<Projection, 'store' | 'notice'>;
  readonly seals: PersonalSeals;
}

const MAX_DIFFERENCES = 1000;
const filling = ['rebuild', 'repair', 'synchronize'] as const;

/** Runs before the maintenance of the projection itself, whose tables stand on the log. */
export function createRecordMaintenance(parts: Parts): Maintenance {
  return {
    actions: ['verify', ...filling],
    run: async (action, scope, options = {}) => {
      if (action === 'verify') return verify(parts, scope, options);
      const { records, projection, seals } = parts;
      const { looked, behind } = await fillProjection(records(), projection, seals, { scope, ...options });
      projection.notice();
      return { action, checked: looked, changed: behind, differences: [], differing: 0 };
    },
  };
}

async function verify(
  parts: Parts,
  scope: MaintenanceScope,
  { signal, onProgress }: MaintenanceOptions,
): Promise<MaintenanceReport> {
  const differences: Difference[] = [];
  let [checked, differing] = [0, 0];
  for await (const record of parts.records().list()) {
    signal?.throwIfAborted();
    if (!isWithin(record, scope)) continue;
    const problem = await problemOf(record, parts);
    onProgress?.({ done: ++checked, total: null });
    if (problem === null) continue;
    const { organizationId, paymentId } = record;
    differing++;
    if (differences.length < MAX_DIFFERENCES) differences.push({ organizationId, paymentId, problem });
  }
  return { action: 'verify', checked, changed: 0, differences, differing };
}

/** What the projection has must be what the record had at that version; that it is behind is no difference. */
async function problemOf(record: ProjectionMessage, { projection, seals }: Parts): Promise<string | null> {
  const { payment } = await projection.store.load(record, null);
  if (payment === null) return null;
  const { version } = payment;
  const events = record.events.slice(0, version);
  // The projection may have gone on since the record was read; then it is compared as far as the record goes.
  if (events.length < version) return null;
  const opened = await seals.open(payment.subject, events, noPersonalData);
  const recorded = evolveAll(null, opened.events);
  const keys = Object.keys({ ...payment, ...recorded }) as (keyof Payment)[];
  const different = keys.filter((key) => canonicalJson(payment[key]) !== canonicalJson(recorded?.[key] ?? null));
  return different.length === 0 ? null : `the projection differs from the workflow in ${different.join(', ')}`;
}
