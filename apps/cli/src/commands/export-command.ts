// export: all events, or all payments, as a stream

import { formatDecimal, money, parseCurrency, type PaymentView } from '@paystrata/application';
import { Option, type Command } from '@commander-js/extra-typings';
import type { Client } from '../client/client.ts';
import { UsageError } from '../errors/usage-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { organizationFlag } from '../flags/common-flags.ts';
import { csvLine } from '../csv/csv-line.ts';
import { showProgress } from '../output/progress-bar.ts';
import type { Session } from '../session.ts';
import { examples } from './examples.ts';

const formatFlag = new Option('--format <format>', 'ndjson: an event a line; csv: a payment a line')
  .choices(['ndjson', 'csv'] as const)
  .default('ndjson' as const);

export function addExportCommand(program: Command, session: Session): void {
  program
    .command('export')
    .description('write all events, or all payments, of an organization to stdout; in bounded memory')
    .addOption(formatFlag)
    .addOption(organizationFlag)
    .option('--all', 'in process, with ndjson: the events of every organization')
    .addHelpText(
      'after',
      examples('export > events.ndjson', 'export --format csv --organization leeds-city-council > payments.csv'),
    )
    .action(({ format, organization, all }) => {
      if (all && (format === 'csv' || organization !== undefined)) {
        throw new UsageError('--all goes with ndjson and without --organization');
      }
      return session.withClient(organization, async (client) => {
        const lines = format === 'csv' ? paymentLines(client) : eventLines(client, all === true);
        await writeAll(session, lines);
      });
    });
}

async function writeAll(session: Session, lines: AsyncIterable<string>): Promise<void> {
  const { terminal } = session;
  const bar = showProgress(terminal, 'exporting');
  let done = 0;
  try {
    for await (const line of lines) {
      await terminal.print(line);
      done += 1;
      if (done % 100 === 0) bar.update({ done, total: null });
      if (!terminal.stop.aborted) continue;
      session.exitCode = exitCodes.interrupted;
      terminal.note(`stopped after ${done} lines: what was written is not whole`);
      return;
    }
  } finally {
    bar.stop();
  }
}

async function* eventLines(client: Client, all: boolean): AsyncGenerator<string> {
  for await (const event of client.log(all)) yield JSON.stringify(event);
}

/** Each column, and what stands in it; amounts are decimals, as `import` reads them. */
const columns: readonly (readonly [name: string, cell: (payment: PaymentView) => string | null])[] = [
  ['id', ({ id }) => id],
  ['organizationId', ({ organizationId }) => organizationId],
  ['status', ({ status }) => status],
  ['amount', ({ amount, currency }) => decimal(amount, currency)],
  ['currency', ({ currency }) => currency],
  ['captured', ({ captured, currency }) => decimal(captured, currency)],
  ['refunded', ({ refunded, currency }) => decimal(refunded, currency)],
  ['reference', ({ reference }) => reference],
  ['description', ({ description }) => description],
  ['customerName', ({ customer }) => customer?.name ?? null],
  ['customerEmail', ({ customer }) => customer?.email ?? null],
  ['userId', ({ userId }) => userId],
  ['workflowId', ({ workflowId }) => workflowId],
  ['resourceIds', ({ resourceIds }) => resourceIds.join(' ')],
  ['failure', ({ failure }) => failure?.code ?? null],
  ['needsReview', ({ needsReview }) => String(needsReview)],
  ['version', ({ version }) => String(version)],
  ['createdAt', ({ createdAt }) => createdAt],
  ['updatedAt', ({ updatedAt }) => updatedAt],
  ['processedAt', ({ processedAt }) => processedAt],
  ['metadata', ({ metadata }) => JSON.stringify(metadata)],
];

async function* paymentLines(client: Client): AsyncGenerator<string> {
  yield csvLine(columns.map(([name]) => name));
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof oldestFirst>> = await oldestFirst(client, cursor);
    for (const payment of page.data) yield csvLine(columns.map(([, cell]) => cell(payment) ?? ''));
    cursor = page.next;
  } while (cursor !== null);
}

function oldestFirst(client: Client, cursor: string | null) {
  return client.ask({ type: 'SearchPayments', sort: { by: 'created', descending: false }, limit: 100, cursor });
}

function decimal(amount: number, code: string): string {
  const currency = parseCurrency(code);
  return currency === undefined ? '' : formatDecimal(money(BigInt(amount), currency));
}
