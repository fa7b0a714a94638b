// Fills the projected log from the records alone: everything but them can be lost.

import type { MaintenanceOptions, MaintenanceScope, PaymentKey } from '@paystrata/application';
import type { PersonalSeals } from '../personal/personal-seals.ts';
import { appendEvents } from '../projection/append-events.ts';
import type { Projection } from '../projection/projection.ts';
import type { ProjectionMessage } from '../protocol/messages.ts';
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
  let [looked, behind, left] = [0, 0, 0];
  const fill = async (isTurnOf: (record: ProjectionMessage) => boolean) => {
    const all = records.list();
    const work = async () => {
      for (;;) {
        const next = await all.next();
        if (next.done === true) return;
        signal?.throwIfAborted();
        if (!isWithin(next.value, scope)) continue;
        if (!isTurnOf(next.value)) {
          left++;
          continue;
        }
        const before = (await store.load(next.value, null)).payment?.version ?? 0;
        if ((await appendEvents(store, seals, next.value)) > before) behind++;
        onProgress?.({ done: ++looked, total: null });
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  };
  await fill((record) => !mayFollowErasure(record));
  if (left > 0) await fill(mayFollowErasure);
  return { looked, behind };
}

/**
 * An erasure purges whatever is there of its subject, so payments of customers that are not erased come after all those
 * that are: they hold what was recorded since. A payment of nobody's is its own subject.
 */
function mayFollowErasure({ paymentId, events: [first, ...others] }: ProjectionMessage): boolean {
  const isShared = first !== undefined && 'subject' in first.data && String(first.data.subject) !== String(paymentId);
  return isShared && !others.some(({ type }) => type === 'PersonalDataErased');
}

interface FillOptions extends Pick<MaintenanceOptions, 'signal' | 'onProgress'> {
  readonly scope?: MaintenanceScope;
}

export function isWithin({ organizationId, paymentId }: PaymentKey, scope: MaintenanceScope): boolean {
  if (scope.kind === 'all') return true;
  return scope.organizationId === organizationId && (scope.kind === 'organization' || scope.paymentId === paymentId);
}
