// Compares an index with the log it stands for, and puts right what differs – while both go on.

import { setImmediate as breakFor } from 'node:timers/promises';
import {
  canonicalJson,
  foldAsOf,
  readLog,
  type Difference,
  type LogSource,
  type MaintenanceScope,
  type PaymentDocument,
  type PaymentKey,
} from '@paystrata/application';
import { instantOf } from '@paystrata/domain';
import type { PaymentIndex } from '../payment-index.ts';

/** `orphan`: the log has no such payment. `behind`: an older version than the log has. */
export type IndexFault = 'missing' | 'behind' | 'different' | 'orphan';

export interface IndexDifference {
  readonly key: PaymentKey;
  readonly fault: IndexFault;
  /** What is in the index; null: nothing. */
  readonly kept: PaymentDocument | null;
  /** What the log says; null: nothing. */
  readonly expected: PaymentDocument | null;
}

export interface VerifyIndexOptions {
  readonly scope?: MaintenanceScope;
  readonly signal?: AbortSignal;
  /** Told of each payment of the log that was compared. */
  readonly onChecked?: () => void;
}

type Log = Pick<LogSource, 'readAll'>;

/** Payments, or small steps, between two breaks: others get their turn while an index in memory is looked at. */
const STEPS = 64;

const end = { instant: instantOf(8.64e15) } as const;
const all: MaintenanceScope = { kind: 'all' };

/** What differs, in the order of the log, and then what the log does not know. Holds one payment at a time. */
export async function* verifyIndex(
  index: () => PaymentIndex,
  log: Log,
  { scope = all, signal, onChecked }: VerifyIndexOptions = {},
): AsyncGenerator<IndexDifference> {
  let checked = 0;
  for await (const { version, organizationId, paymentId } of readLog(log, partOf(scope))) {
    if (version !== 1) continue;
    signal?.throwIfAborted();
    const difference = await compare(index, log, { organizationId, paymentId });
    onChecked?.();
    checked += 1;
    if (checked % STEPS === 0) await breakFor();
    if (difference !== null) yield difference;
  }
  yield* orphans(index, log, scope, signal);
}

/** Payments of the index that the log does not know. */
export async function* orphans(
  index: () => PaymentIndex,
  log: Log,
  scope: MaintenanceScope,
  signal?: AbortSignal,
): AsyncGenerator<IndexDifference> {
  for (const key of keysOf(index(), scope)) {
    signal?.throwIfAborted();
    const { events } = await log.readAll({ direction: 'forward', from: null, limit: 1, ...key });
    const kept = index().get(key);
    if (events.length === 0 && kept !== null) yield { key, fault: 'orphan', kept, expected: null };
  }
}

/** Parts of the index that disagree with its own payments, as a report says it; lets others run in between. */
export async function* indexFaults(
  index: () => PaymentIndex,
  scope: MaintenanceScope,
  signal?: AbortSignal,
): AsyncGenerator<Difference> {
  const organizations = scope.kind === 'all' ? index().organizations() : [scope.organizationId];
  for (const organizationId of organizations) {
    let steps = 0;
    for (const fault of index().faults(organizationId)) {
      const isWanted = scope.kind !== 'payment' || fault?.paymentId === scope.paymentId;
      if (fault !== null && isWanted) yield { organizationId, ...fault };
      steps += 1;
      if (steps % STEPS !== 0) continue;
      await breakFor();
      signal?.throwIfAborted();
    }
  }
}

/**
 * Puts what the log says in the place of what is in the index, unless that was replaced since it was compared.
 *
 * @returns whether anything was changed.
 */
export function mendIndex(index: PaymentIndex, { key, kept, expected }: IndexDifference): boolean {
  if (index.get(key) !== kept) return false;
  index.remove(key);
  if (expected !== null) index.apply(expected);
  return true;
}

/** In words, for a report. */
export function problemOf({ fault, kept, expected }: IndexDifference): string {
  switch (fault) {
    case 'missing':
      return 'the index does not have it';
    case 'behind':
      return `the index has version ${kept?.payment.version}, the log ${expected?.payment.version}`;
    case 'different':
      return 'the index differs from the fold of the log';
    case 'orphan':
      return 'the index has it, the log does not';
  }
}

/** The log is read first; where the index has gone on meanwhile, it is read again. */
async function compare(index: () => PaymentIndex, log: Log, key: PaymentKey): Promise<IndexDifference | null> {
  let read = 0;
  for (;;) {
    const expected = await foldAsOf(readLog(log, key), end);
    const kept = index().get(key);
    const [has, ought] = [kept?.payment.version ?? 0, expected?.payment.version ?? 0];
    if (kept === null) return { key, fault: 'missing', kept, expected };
    if (has < ought) return { key, fault: 'behind', kept, expected };
    if (has === ought && isSame(kept, expected)) return null;
    // A second look at the same version tells an index that went on from one that makes things up.
    if (has === ought || read === has) return { key, fault: 'different', kept, expected };
    read = has;
  }
}

function isSame(kept: PaymentDocument, expected: PaymentDocument | null): boolean {
  return canonicalJson(kept.payment) === canonicalJson(expected?.payment) && kept.position === expected?.position;
}

function partOf(scope: MaintenanceScope): Partial<PaymentKey> {
  const { kind: _, ...part } = scope;
  return part;
}

function keysOf(index: PaymentIndex, scope: MaintenanceScope): readonly PaymentKey[] {
  if (scope.kind === 'payment') return [{ organizationId: scope.organizationId, paymentId: scope.paymentId }];
  const organizations = scope.kind === 'all' ? index.organizations() : [scope.organizationId];
  return organizations.flatMap((organizationId) =>
    [...index.documents(organizationId)].map(({ payment }) => ({ organizationId, paymentId: payment.id })),
  );
}
