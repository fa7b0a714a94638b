// Fills the projected log from the records alone: everything but them can be lost.

import type { MaintenanceOptions, MaintenanceScope, PaymentKey } from '@paystrata/application';
import type { PersonalSeals } from '../personal/personal-seals.ts';
import { appendEvents } from '../projection/append-events.ts';
import type { Projection } from '../projection/projection.ts';
import type { Records } from './records.ts';

const SIDE_BY_SIDE = 20;

/**
 * Appends what the projected log lacks. What has a place keeps it, so positions and cursors of before stay good.
 *
 * @returns how many payments were looked at, and how many were behind.
 */
export async function fillProjection(
  records: Records,
  { store }: Pick<Projection, 'store'>,
  seals: PersonalSeals,
  { scope = { kind: 'all' }, signal, onProgress }: FillOptions = {},
): Promise<{ readonly looked: number; readonly behind: number }> {
  const all = records.list();
  let [looked, behind] = [0, 0];
  const work = async () => {
    for (;;) {
      const next = await all.next();
      if (next.done === true) return;
      signal?.throwIfAborted();
      if (!isWithin(next.value, scope)) continue;
      const before = (await store.load(next.value, null)).payment?.version ?? 0;
      if ((await appendEvents(store, seals, next.value)) > before) behind++;
      onProgress?.({ done: ++looked, total: null });
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return { looked, behind };
}

interface FillOptions extends Pick<MaintenanceOptions, 'signal' | 'onProgress'> {
  readonly scope?: MaintenanceScope;
}

export function isWithin({ organizationId, paymentId }: PaymentKey, scope: MaintenanceScope): boolean {
  if (scope.kind === 'all') return true;
  return scope.organizationId === organizationId && (scope.kind === 'organization' || scope.paymentId === paymentId);
}
