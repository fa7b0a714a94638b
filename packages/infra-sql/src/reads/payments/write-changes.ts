// Writes changed documents with all that is derived from them. What did not change is not written.

import type { PaymentDocument } from '@paystrata/application';
import type { Payment } from '@paystrata/domain';
import type { RowOf } from '../database/table.ts';
import type { ProjectionSession } from '../projecting/projection.ts';
import { partsOf } from './exact-amounts.ts';
import { documentRow, paymentRow, suggestedTexts, sumPlaces, termsOf, type Term } from './payment-rows.ts';
import { documents, payments, suggestions, sums, terms } from './payment-tables.ts';

export interface DocumentChange {
  readonly row: number;
  /** As the tables have it; null: not at all. */
  readonly before: PaymentDocument | null;
  readonly after: PaymentDocument;
}

/** @param anew also writes what should be there already. */
export async function writeChanges(
  session: ProjectionSession,
  changes: readonly DocumentChange[],
  anew = false,
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ after, row }) => paymentRow(after, row));
  await session.change({ table: payments, way: 'put', rows });
  const texts = changes.map(({ after, row }) => documentRow(after, row));
  await session.change({ table: documents, way: 'put', rows: texts });
  const { gone, come } = termChanges(changes, anew);
  await session.change({ table: terms, way: 'remove', rows: gone });
  await session.change({ table: terms, way: 'keep', rows: come });
  await shiftSums(session, changes);
  await shiftSuggestions(session, changes);
}

type TermRow = RowOf<typeof terms>;

function termChanges(changes: readonly DocumentChange[], anew: boolean): { gone: TermRow[]; come: TermRow[] } {
  const gone: TermRow[] = [];
  const come: TermRow[] = [];
  for (const { row, before, after } of changes) {
    const { organizationId: organization, personal } = after.payment;
    // Everything else that terms are made of never changes.
    if (!anew && before?.payment.personal === personal) continue;
    const old = named(before === null ? [] : termsOf(before.payment));
    const now = named(termsOf(after.payment));
    for (const [name, term] of old) if (!now.has(name)) gone.push({ organization, ...term, row });
    for (const [name, term] of now) if (anew || !old.has(name)) come.push({ organization, ...term, row });
  }
  return { gone, come };
}

function named(list: readonly Term[]): ReadonlyMap<string, Term> {
  return new Map(list.map((term) => [`${term.kind} ${term.term}`, term]));
}

interface Shift {
  count: number;
  amount: bigint;
  captured: bigint;
  refunded: bigint;
}

/** Before a payment counted in the same places, its old share goes and its new one comes in one step. */
async function shiftSums(session: ProjectionSession, changes: readonly DocumentChange[]): Promise<void> {
  const shifts = new Map<string, Shift & { readonly key: Omit<RowOf<typeof sums>, keyof Sums> }>();
  const shift = (payment: Payment, by: 1 | -1) => {
    const { organizationId: organization, status, amount } = payment;
    for (const place of sumPlaces(payment)) {
      const key = { organization, ...place, status, currency: amount.currency };
      const name = Object.values(key).join('/');
      const cell = shifts.get(name) ?? { key, count: 0, amount: 0n, captured: 0n, refunded: 0n };
      cell.count += by;
      cell.amount += BigInt(by) * amount.amount;
      cell.captured += BigInt(by) * payment.captured;
      cell.refunded += BigInt(by) * payment.refunded;
      shifts.set(name, cell);
    }
  };
  for (const { before, after } of changes) {
    if (before !== null) shift(before.payment, -1);
    shift(after.payment, 1);
  }
  const rows = [...shifts.values()].filter(hasEffect).map(({ key, count, amount, captured, refunded }) => ({
    ...key,
    count,
    ...partsOf('amount', amount),
    ...partsOf('captured', captured),
    ...partsOf('refunded', refunded),
  }));
  await session.change({ table: sums, way: 'add', rows });
  if (rows.some(({ count }) => count < 0)) await session.removeEmpty(sums);
}

type Sums = Omit<RowOf<typeof sums>, 'organization' | 'instant' | 'level' | 'bucket' | 'status' | 'currency'>;

function hasEffect({ count, amount, captured, refunded }: Shift): boolean {
  return count !== 0 || amount !== 0n || captured !== 0n || refunded !== 0n;
}

/** What nobody has any more is removed: it may be a name. */
async function shiftSuggestions(session: ProjectionSession, changes: readonly DocumentChange[]): Promise<void> {
  const shifts = new Map<string, { readonly key: Omit<RowOf<typeof suggestions>, 'count'>; count: number }>();
  const shift = (payment: Payment, by: 1 | -1) => {
    const { organizationId: organization } = payment;
    for (const suggested of suggestedTexts(payment)) {
      const name = JSON.stringify([organization, suggested.field, suggested.text]);
      const known = shifts.get(name) ?? { key: { organization, ...suggested }, count: 0 };
      known.count += by;
      shifts.set(name, known);
    }
  };
  for (const { before, after } of changes) {
    if (before !== null && suggestsTheSame(before.payment, after.payment)) continue;
    if (before !== null) shift(before.payment, -1);
    shift(after.payment, 1);
  }
  const rows = [...shifts.values()].filter(({ count }) => count !== 0).map(({ key, count }) => ({ ...key, count }));
  await session.change({ table: suggestions, way: 'add', rows });
  if (rows.some(({ count }) => count < 0)) await session.removeEmpty(suggestions);
}

function suggestsTheSame(before: Payment, after: Payment): boolean {
  return before.personal === after.personal && (before.status === 'deleted') === (after.status === 'deleted');
}
