// What an import did, for programs and for people.

import type { Currency } from '@paystrata/application';
import { shownAmount } from '../output/amounts.ts';
import { columnsTable, fieldsTable } from '../output/columns-table.ts';
import type { Terminal } from '../terminal.ts';
import type { ImportOutcome } from './import-file.ts';
import type { RowRejection } from './new-payment-row.ts';

/** A person is shown so many refused rows; programs and the rejects file get all. */
const SHOWN = 20;

/**
 * One line of JSON with one object; written bit by bit, because a file may have any number of refused rows. `dryRun`
 * and `interruptedAfterLine` stand in it only where they apply.
 */
export async function printImportJson(
  terminal: Terminal,
  { tally, rejections }: ImportOutcome,
  { currency, dryRun }: { readonly currency: Currency; readonly dryRun: boolean },
): Promise<void> {
  const { read, imported, alreadyThere, rejected, total, line, complete } = tally;
  const head = {
    ...(dryRun && { dryRun }),
    ...(complete ? {} : { interruptedAfterLine: line }),
    read,
    imported,
    alreadyThere,
    rejected,
    totals: [{ currency, amount: total.toString() }],
  };
  await terminal.write(`${JSON.stringify(head).slice(0, -1)},"rejections":[`);
  let separator = '';
  for await (const rejection of rejections.json()) {
    await terminal.write(separator + rejection);
    separator = ',';
  }
  await terminal.write(']}\n');
}

export async function printImportText(
  terminal: Terminal,
  { tally, rejections }: ImportOutcome,
  { currency, dryRun }: { readonly currency: Currency; readonly dryRun: boolean },
): Promise<void> {
  const { read, imported, alreadyThere, rejected, total } = tally;
  const numbers = fieldsTable([
    ['read', shown(read)],
    [dryRun ? 'would be imported' : 'imported', `${shown(imported)}, ${shownAmount(total, currency)}`],
    ['already there', shown(alreadyThere)],
    ['refused', shown(rejected)],
    ...rejections.counts().map(([code, count]) => [`  ${code}`, shown(count)] as const),
  ]);
  await terminal.print(numbers);
  if (rejected === 0) return;
  await terminal.print(`\n${rejectionsTable(rejections.head(SHOWN))}`);
  if (rejected > SHOWN) terminal.note(`and ${shown(rejected - SHOWN)} more: --rejects FILE.csv or --json tells of all`);
}

function rejectionsTable(rejections: readonly RowRejection[]): string {
  return columnsTable<RowRejection>(
    [
      { heading: 'LINE', align: 'right', cell: ({ line }) => String(line) },
      { heading: 'CODE', cell: ({ code }) => code },
      { heading: 'WHY', most: 120, cell: ({ message }) => message },
    ],
    rejections,
  );
}

function shown(count: number): string {
  return count.toLocaleString('en');
}
