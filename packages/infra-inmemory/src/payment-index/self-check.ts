// Whether the parts of a partition say the same: each payment is where its columns, orders, sets and terms ought to have
// it, nothing else is there, and the sums are those of what is.

import type { PaymentDocument } from '@paystrata/application';
import { paymentStatuses, type PaymentId } from '@paystrata/domain';
import { statusCode, type Columns } from './columns.ts';
import { rowOrder } from './orders.ts';
import { outcomeOf } from './outcomes.ts';
import { CREATED_TOTAL, PROCESSED_TOTAL, type Partition, type RowRuns } from './partition.ts';
import { hasRow, rowsOf } from './posting.ts';
import { SumTable } from './sum-table.ts';
import { termKinds } from './term-kinds.ts';

/** A part that is not as the payments are. */
export interface PartFault {
  /** Null where it is about no payment. */
  readonly paymentId: PaymentId | null;
  readonly problem: string;
}

/** A small step each, null where it found nothing; anything may be changed between two of them. */
export function* faultsOf(partition: Partition): Generator<PartFault | null> {
  const { columns } = partition;
  for (let row = 0; row < columns.rows; row += 1) {
    const document = columns.documents[row];
    if (document === undefined) continue;
    const problem = misplaced(partition, row, document) ?? notFoundBy(partition, row, document);
    yield problem === null ? null : { paymentId: document.payment.id, problem };
  }
  yield* strays(partition);
  for (const runs of Object.values(partition.runs)) yield* wrongRuns(columns, runs);
  yield wrongTotals(partition, partition.runs.created, CREATED_TOTAL);
  yield wrongTotals(partition, partition.runs.processed, PROCESSED_TOTAL);
}

function misplaced(partition: Partition, row: number, { payment }: PaymentDocument): string | null {
  const { columns, table, statuses, currencies } = partition;
  if (table.find(payment.id) !== row) return 'the index does not find it by its id';
  const status = statusCode(payment.status);
  const currency = columns.currencies.indexOf(payment.amount.currency);
  const said = [payment.createdAt, payment.updatedAt, payment.processedAt ?? Number.NaN, Number(payment.amount.amount)];
  const kept = [columns.created[row], columns.updated[row], columns.processed[row], columns.amount[row]];
  if (!said.every((each, at) => Object.is(each, kept[at]))) return 'the columns of the index are not what it says';
  if (columns.status[row] !== status || columns.currency[row] !== currency) return 'the index has another status of it';
  if (columns.outcome[row] !== outcomeOf(payment)) return 'the index has another outcome of it';
  if (!partition.texts.isLabelled(row, payment)) return 'the index has another customer of it';
  if (statuses.some((rows, code) => rows.has(row) !== (code === status))) return 'it is not among those of its status';
  if (currencies.some((rows, code) => rows.has(row) !== (code === currency))) return 'it is not among its currency';
  for (const { key, runs } of Object.values(partition.runs)) {
    const belongs = key !== 'processed' || payment.processedAt !== null;
    if (runs.runOf(row) >= 0 !== belongs) return `the order by ${key} ${belongs ? 'lacks' : 'should not have'} it`;
    if (!belongs) continue;
    const order = rowOrder(columns, key);
    const { turn, offset } = runs.seek((other) => order(other, row) < 0);
    if (runs.itemsAt(turn)[offset] !== row) return `it stands at a wrong place of the order by ${key}`;
  }
  return null;
}

function notFoundBy({ texts }: Partition, row: number, { payment }: PaymentDocument): string | null {
  for (const { name, of, posting } of termKinds(texts)) {
    for (const term of of(payment)) if (!hasRow(posting(term), row)) return `the index does not find it by its ${name}`;
  }
  return null;
}

/** Rows at a time of a term that many payments have. */
const STEP = 64;

/** What is found by something that it does not say. */
function* strays({ columns, texts }: Partition): Generator<PartFault | null> {
  for (const { name, of, posting, postings } of termKinds(texts)) {
    for (const [term, found] of postings()) {
      const rows = rowsOf(found);
      for (let from = 0; from < rows.length; from += STEP) {
        for (const row of rows.slice(from, from + STEP)) {
          const payment = columns.documents[row]?.payment;
          if (!hasRow(posting(term), row) || payment?.id === undefined) {
            if (hasRow(posting(term), row)) yield { paymentId: null, problem: `${name} lead to no payment` };
          } else if (!of(payment).includes(term)) {
            yield { paymentId: payment.id, problem: `the index finds it by ${name} that it does not have` };
          }
        }
        yield null;
      }
    }
  }
}

function* wrongRuns(columns: Columns, { key, runs, ledger }: RowRuns): Generator<PartFault | null> {
  const order = rowOrder(columns, key);
  for (let turn = 0; turn < runs.turns; turn += 1) {
    const run = runs.runAt(turn);
    const rows = runs.itemsAt(turn).subarray(0, runs.sizeAt(turn));
    const isOrdered = rows.every((row, at) => at === 0 || order(rows[at - 1] ?? row, row) < 0);
    const isOwn = rows.every((row) => runs.runOf(row) === run && columns.documents[row] !== undefined);
    if (!isOrdered || !isOwn) {
      yield { paymentId: null, problem: `a run of the order by ${key} is not in order` };
      continue;
    }
    const wrongCount = hasWrongCount(columns, rows, (mask, currencies) => ledger.count(run, mask, currencies));
    const wrongSum = ledger.sums !== null && differs(ledger.sums, run, summed(columns, rows));
    yield wrongCount || wrongSum ? { paymentId: null, problem: `the sums of a run by ${key} are wrong` } : null;
  }
}

function hasWrongCount(
  { status, currency, currencies }: Columns,
  rows: Int32Array,
  count: (mask: number, currencies: Uint8Array | null) => number,
): boolean {
  return paymentStatuses.some((_, code) => {
    const own = rows.filter((row) => status[row] === code);
    if (count(1 << code, null) !== own.length) return true;
    return currencies.some((_, asked) => {
      const only = Uint8Array.from(currencies, (_, each) => Number(each === asked));
      return count(1 << code, only) !== own.filter((row) => currency[row] === asked).length;
    });
  });
}

function summed(columns: Columns, rows: Int32Array): SumTable {
  const sums = new SumTable(columns);
  for (const row of rows) sums.shift(0, row, 1);
  return sums;
}

function differs(sums: SumTable, line: number, expected: SumTable): boolean {
  const difference = sums.noSums();
  sums.addTo(difference, line, 1);
  expected.addTo(difference, 0, -1);
  return difference.some((cell) => cell !== 0);
}

/** The totals are the sums of all runs. */
function wrongTotals({ totals }: Partition, { key, runs, ledger }: RowRuns, line: number): PartFault | null {
  const difference = totals.noSums();
  totals.addTo(difference, line, 1);
  for (let turn = 0; turn < runs.turns; turn += 1) ledger.sums?.addTo(difference, runs.runAt(turn), -1);
  return difference.some((cell) => cell !== 0) ? { paymentId: null, problem: `the totals by ${key} are wrong` } : null;
}
