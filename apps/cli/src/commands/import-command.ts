// import: many payments from a CSV file, or the events of an export

import { resolve } from 'node:path';
import { Option, type Command } from '@commander-js/extra-typings';
import { CommandError } from '../errors/command-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { UsageError } from '../errors/usage-error.ts';
import { jsonFlag, organizationFlag, readCurrency } from '../flags/common-flags.ts';
import { columnFlags } from '../import/columns.ts';
import { importFile, type ImportOutcome } from '../import/import-file.ts';
import { printImportJson, printImportText } from '../import/import-report.ts';
import { openSource, type ImportSettings } from '../import/import-settings.ts';
import { runEventImport } from './import-events-command.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { examples } from './examples.ts';

const encodingFlag = new Option(
  '--encoding <encoding>',
  'how the text is encoded; auto: UTF-8 where all of it is valid',
)
  .choices(['auto', 'utf-8', 'windows-1252'] as const)
  .default('auto' as const);

export function addImportCommand(program: Command, session: Session): void {
  program
    .command('import')
    .description('import payments from a CSV file, a refused row takes no other down; or the events that export wrote')
    .argument('<file>', 'a CSV file whose first line names its columns, or FILE.ndjson as export writes it')
    .option(`${columnFlags.amount} <name>`, 'the column of the amount, such as 1,234.50; needed')
    .option('--currency <code>', 'the currency of all amounts; needed', readCurrency)
    .addOption(organizationFlag)
    .option('--organization-column <name>', 'the column of the organization; its name becomes the id, and is kept')
    .option('--reference-column <name>', 'the column that tells payments apart; without it, the file and the line do')
    .option('--date-column <name>', 'the column of the day on which the payment came about')
    .option('--date-format <format>', 'how days are written: DD/MM/YYYY, YYYY-MM-DD, MM/DD/YYYY', 'YYYY-MM-DD')
    .option('--description-column <name>', 'the column that says what it is for')
    .option('--customer-column <name>', 'the column that says who pays or is paid')
    .addOption(encodingFlag)
    .option('--settled', 'the payments were processed outside: import them as completed')
    .option('--rejects <file>', 'write the refused rows to this CSV file, with line, code and message')
    .option('--strict', 'import nothing if any row is refused')
    .option('--dry-run', 'import nothing, tell what would be')
    .addOption(jsonFlag)
    .addHelpText(
      'after',
      examples(
        'import june.csv --amount-column Amount --currency GBP --reference-column "Transaction Number"',
        'import june.csv --amount-column Amount --currency GBP --organization-column "Organisation Label" \\\n' +
          '      --date-column "Payment Date" --date-format DD/MM/YYYY --settled --rejects refused.csv --json',
        'import june.csv --amount-column Amount --currency EUR --dry-run',
        'import events.ndjson',
      ),
    )
    .action(async (path, flags) => {
      if (/\.(ndjson|jsonl)$/i.test(path)) return runEventImport(session, path, flags);
      return runImportCommand(session, settingsOf(path, flags, session.terminal), flags);
    });
}

interface ImportFlags {
  readonly amountColumn?: string | undefined;
  readonly currency?: ImportSettings['currency'] | undefined;
  readonly organization?: ImportSettings['organization'];
  readonly organizationColumn?: string | undefined;
  readonly referenceColumn?: string | undefined;
  readonly dateColumn?: string | undefined;
  readonly dateFormat: string;
  readonly descriptionColumn?: string | undefined;
  readonly customerColumn?: string | undefined;
  readonly encoding: ImportSettings['encoding'];
  readonly settled?: true | undefined;
  readonly rejects?: string | undefined;
  readonly strict?: true | undefined;
  readonly dryRun?: true | undefined;
}

function settingsOf(path: string, flags: ImportFlags, { cwd }: Terminal): ImportSettings {
  const { amountColumn, currency, organization, organizationColumn } = flags;
  if (amountColumn === undefined) throw new UsageError('--amount-column NAME is needed');
  if (currency === undefined) throw new UsageError('--currency CODE is needed', 'such as --currency GBP');
  if (organization !== undefined && organizationColumn !== undefined) {
    throw new UsageError('--organization and --organization-column exclude each other');
  }
  return {
    path: resolve(cwd, path),
    columns: {
      amount: amountColumn,
      organization: organizationColumn ?? null,
      reference: flags.referenceColumn ?? null,
      date: flags.dateColumn ?? null,
      description: flags.descriptionColumn ?? null,
      customer: flags.customerColumn ?? null,
    },
    currency,
    organization,
    dateFormat: flags.dateFormat,
    encoding: flags.encoding,
    settled: flags.settled === true,
    strict: flags.strict === true,
    dryRun: flags.dryRun === true,
    rejects: flags.rejects === undefined ? null : resolve(cwd, flags.rejects),
  };
}

async function runImportCommand(
  session: Session,
  settings: ImportSettings,
  { json }: { readonly json?: true | undefined },
): Promise<void> {
  const { terminal } = session;
  const source = await openSource(settings);
  if (settings.columns.reference === null) {
    terminal.note(
      'note: without --reference-column, payments are told apart by the content of the file and their line',
    );
  }
  await session.withClient(settings.organization, async (client) => {
    const outcome = await importFile(settings, source, client, terminal);
    try {
      await (json ? printImportJson : printImportText)(terminal, outcome, settings);
    } finally {
      await outcome.rejections.close();
    }
    conclude(session, outcome);
  });
}

/** What is left to say once the report is out. @throws ImportStopped, CommandError */
function conclude(session: Session, outcome: ImportOutcome): void {
  const { tally, failure, keptOut } = outcome;
  if (failure !== null) throw failure;
  if (keptOut) {
    throw new CommandError(
      'rows_refused',
      `nothing was imported: ${tally.rejected} rows are refused, and it is --strict`,
    );
  }
  if (!tally.complete) {
    session.terminal.note(`stopped after line ${tally.line}; the same command goes on: it skips what is there`);
    session.exitCode = exitCodes.interrupted;
  }
}
