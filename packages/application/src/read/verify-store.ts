// Verifying a store: the state it keeps of each payment must be the fold of the payment's events.

import { setImmediate as breakFor } from 'node:timers/promises';
import { evolve, type Payment } from '@paystrata/domain';
import type { PaymentKey, RecordedEvent } from '../events/recorded-event.ts';
import type { Difference, MaintenanceOptions, MaintenanceReport, MaintenanceScope } from '../ports/maintenance.ts';
import type { PaymentStore } from '../ports/payment-store.ts';
import { canonicalJson } from './canonical-json.ts';
import { readLog, type LogPart } from './log-reader.ts';

const MAX_DIFFERENCES = 1000;
/** Payments between two breaks: a store in memory answers at once, and would let nobody else have a turn. */
const PAYMENTS_A_TURN = 64;

type VerifiedStore = Pick<PaymentStore, 'load' | 'readAll'>;

/**
 * Folds every payment of the scope again and compares with what `load` answers, while the store serves. Holds one
 * payment at a time. State of which the log has no event cannot be found this way.
 */
export async function verifyStore(
  store: VerifiedStore,
  scope: MaintenanceScope,
  { onProgress, signal }: MaintenanceOptions = {},
): Promise<MaintenanceReport> {
  const differences: Difference[] = [];
  let checked = 0;
  let differing = 0;
  let position = 0;
  for await (const event of readLog(store, partOf(scope))) {
    signal?.throwIfAborted();
    const problems = event.position > position ? [] : [`position ${event.position} comes after ${position}`];
    position = event.position;
    if (event.version === 1) {
      problems.push(...(await problemsOf(store, event)));
      checked += 1;
      onProgress?.({ done: checked, total: null });
      if (checked % PAYMENTS_A_TURN === 0) await breakFor();
    }
    const { organizationId, paymentId } = event;
    differing += problems.length;
    for (const problem of problems) {
      if (differences.length < MAX_DIFFERENCES) differences.push({ organizationId, paymentId, problem });
    }
  }
  onProgress?.({ done: checked, total: checked });
  return { action: 'verify', checked, changed: 0, differences, differing };
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

/** The state is loaded first: the log read after it has at least the events that the state is made of. */
async function problemsOf(store: VerifiedStore, { organizationId, paymentId }: RecordedEvent): Promise<string[]> {
  const { payment } = await store.load({ organizationId, paymentId }, null);
  if (payment === null) return ['there are events, but no state'];
  const folded = await foldTo(store, { organizationId, paymentId }, payment.version);
  if (typeof folded === 'string') return [folded];
  const different = Object.keys({ ...payment, ...folded }).filter(
    (key) => canonicalJson(Reflect.get(payment, key)) !== canonicalJson(Reflect.get(folded, key)),
  );
  return different.length === 0 ? [] : [`the state differs from the fold of the log in ${different.join(', ')}`];
}

/** The fold up to a version, or what is wrong with the events. */
async function foldTo(store: VerifiedStore, key: PaymentKey, version: number): Promise<Payment | string> {
  let payment: Payment | null = null;
  for await (const event of readLog(store, key)) {
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
