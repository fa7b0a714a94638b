// Verifying a store: the state it keeps of each payment must be the fold of the payment's events.

import { setImmediate as breakFor } from 'node:timers/promises';
import { evolve, type Payment } from '@paystrata/domain';
import type { PaymentKey, RecordedEvent } from '../events/recorded-event.ts';
import type { Difference, MaintenanceOptions, MaintenanceReport, MaintenanceScope } from '../ports/maintenance.ts';
import type { PaymentStore } from '../ports/payment-store.ts';
import { canonicalJson } from './canonical-json.ts';
import { readLog, readPages, type LogPart } from './log-reader.ts';

const MAX_DIFFERENCES = 1000;
/** Payments between two breaks: a store in memory answers at once, and would let nobody else have a turn. */
const PAYMENTS_A_TURN = 64;

type VerifiedStore = Pick<PaymentStore, 'load' | 'readAll'>;

/**
 * Folds every payment of the scope again and compares with what `load` answers, while the store serves. Holds a page of
 * the log at a time; payments whose events all stand in one are not read again. State of which the log has no event
 * cannot be found this way.
 */
export async function verifyStore(
  store: VerifiedStore,
  scope: MaintenanceScope,
  { onProgress, signal }: MaintenanceOptions = {},
): Promise<MaintenanceReport> {
  const found: Difference[] = [];
  let checked = 0;
  let differing = 0;
  let position = 0;
  for await (const { events } of readPages(store, partOf(scope))) {
    const together = Map.groupBy(events, nameOf);
    for (const event of events) {
      signal?.throwIfAborted();
      const problems = event.position > position ? [] : [`position ${event.position} comes after ${position}`];
      position = event.position;
      if (event.version === 1) {
        problems.push(...(await problemsOf(store, event, together.get(nameOf(event)) ?? [])));
        checked += 1;
        onProgress?.({ done: checked, total: null });
        if (checked % PAYMENTS_A_TURN === 0) await breakFor();
      }
      const { organizationId, paymentId } = event;
      differing += problems.length;
      for (const problem of problems) {
        if (found.length < MAX_DIFFERENCES) found.push({ organizationId, paymentId, problem });
      }
    }
  }
  onProgress?.({ done: checked, total: checked });
  return { action: 'verify', checked, changed: 0, differences: found, differing };
}

function partOf(scope: MaintenanceScope): LogPart {
  switch (scope.kind) {
    case 'all':
      return {};
    case 'organization':
      return { organizationId: scope.organizationId };
    case 'payment':
      return { organizationId: scope.organizationId, paymentId: scope.paymentId };
  }
}

function nameOf({ organizationId, paymentId }: PaymentKey): string {
  return `${organizationId}/${paymentId}`;
}

/** What differs from the events that are known may have been erased meanwhile: it is looked at again. */
async function problemsOf(
  store: VerifiedStore,
  { organizationId, paymentId }: RecordedEvent,
  known: readonly RecordedEvent[],
): Promise<string[]> {
  const key = { organizationId, paymentId };
  const { payment } = await store.load(key, null);
  if (payment === null) return ['there are events, but no state'];
  const isWhole = known.length >= payment.version;
  if (isWhole && (await differences(payment, known)).length === 0) return [];
  // The state is loaded first: the log read after it has at least the events that the state is made of.
  const { payment: again } = isWhole ? await store.load(key, null) : { payment };
  return again === null ? ['there are events, but no state'] : differences(again, readLog(store, key));
}

async function differences(payment: Payment, events: Parameters<typeof foldTo>[0]): Promise<string[]> {
  const folded = await foldTo(events, payment.version);
  if (typeof folded === 'string') return [folded];
  const different = Object.keys({ ...payment, ...folded }).filter(
    (key) => canonicalJson(Reflect.get(payment, key)) !== canonicalJson(Reflect.get(folded, key)),
  );
  return different.length === 0 ? [] : [`the state differs from the fold of the log in ${different.join(', ')}`];
}

/** The fold up to a version, or what is wrong with the events. */
async function foldTo(
  events: AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>,
  version: number,
): Promise<Payment | string> {
  let payment: Payment | null = null;
  for await (const event of events) {
    const due: number = (payment?.version ?? 0) + 1;
    if (due > version) break;
    if (event.version !== due) return `version ${event.version} comes where ${due} is due`;
    try {
      payment = evolve(payment, event);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
  if (payment?.version === version) return payment;
  return `the state is at version ${version}, the log ends at ${payment?.version ?? 0}`;
}
