// `docs/cli.md`, made of what the command says of itself; a test compares.

import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { Writable } from 'node:stream';
import { exitCodes } from '../errors/exit-codes.ts';
import { rowChecks } from '../import/new-payment-row.ts';
import { createProgram } from '../program.ts';
import { createSession } from '../session.ts';
import { createTerminal } from '../terminal.ts';

const WIDTH = 100;

const introduction = `# The command line

\`paystrata NOUN VERB\`. In the repository it runs as \`npm run -s paystrata -- ARGS\`.

- It opens the configured store in its own process, or talks to a running API where \`PAYSTRATA_API_URL\` and
  \`PAYSTRATA_API_KEY\` are set; what it prints is the same. \`paystrata config show\` tells what is set.
- Results go to stdout, everything else to stderr. \`--json\` prints JSON for programs: amounts in minor units, \`[]\` for an
  empty list, a line each where it is a stream. Without it, tables for people: amounts as decimals.
- Amounts are given as decimals in the currency of the payment: \`--amount 129.99\`.
- In process, commands are about the organization \`demo\` unless \`--organization\` names another. With an API, they are
  about that of the key; an operator's key needs \`--organization\`.
- In process, events are recorded as done by \`cli:USER\`.
- On a strategy that keeps everything in memory, nothing survives the command; it says so.
- Ctrl-C finishes what is in flight. An import says how far it got; the same command goes on from there. A second Ctrl-C
  ends at once.

## Exit codes

${exitCodeTable()}

An error says what is wrong, its code as in [errors.md](errors.md), what to do, and the id of the request where an API
answered. Besides those codes there are \`USAGE\`, \`UNREACHABLE\`, \`key_not_found\`, \`rows_refused\` (with \`--strict\`),
\`INTERRUPTED\`, and \`BUG\` for a mistake in the program.

## Importing CSV files

A file is read twice: first to see how it is encoded and to name it by its hash, then row by row, in memory that does not
grow with it. \`auto\` takes UTF-8 where all of the file is valid UTF-8, else Windows-1252. The first line names the columns;
records are separated by line feeds, with or without carriage returns, or by carriage returns alone.

A row that is refused takes no other down. The first check that fails names the code:

${rowChecks.map((code, place) => `${place + 1}. \`${code}\`: ${meanings()[code]}`).join('\n')}

Besides, a row can be refused for what the domain says of its texts, such as \`field_too_long\`.

- A payment is known by its reference, unique in the organization, for ever. The same file again imports nothing: its rows
  are counted as already there. Without \`--reference-column\`, or where the cell is empty, the reference is
  \`file:HASH:LINE\`; a file that was changed is then another file.
- \`--organization-column\` makes the organization's id of its name, \`Leeds City Council\` → \`leeds-city-council\`, and keeps the
  name as the metadata \`organizationName\`. A name of more than 63 characters ends in a hash.
- \`--strict\` and \`--dry-run\` read the whole file first and look up what is there; they keep the references of the file in
  memory, about 150 bytes a row.
- \`--rejects FILE.csv\` gets the refused rows as they were, behind their line, code and message: mended, it can be imported.
- A broken quote costs its own line, not the rest of the file. A record of more than 64 KiB is taken for broken.

## Commands
`;

function exitCodeTable(): string {
  const rows: readonly (readonly [code: string | number, means: string])[] = [
    ['code', 'means'],
    [exitCodes.ok, 'done; also where the outcome at the gateway is not known yet'],
    [exitCodes.other, 'another failure; also `--strict` with refused rows, and `storage verify` with differences'],
    [exitCodes.usage, 'usage: flags, arguments, files or configuration'],
    [exitCodes.notFound, 'not found, or deleted'],
    [exitCodes.auth, 'no key, or it may not'],
    [exitCodes.conflict, 'conflict: the state of the payment, its version or its reference does not allow it'],
    [exitCodes.declined, 'the gateway declined'],
    [exitCodes.unreachable, 'the API or the store cannot be reached'],
    [exitCodes.interrupted, 'interrupted'],
  ];
  const width = Math.max(...rows.map(([, means]) => means.length));
  const lines = rows.map(([code, means]) => `| ${String(code).padEnd(4)} | ${means.padEnd(width)} |`);
  return [lines[0], `| ---- | ${'-'.repeat(width)} |`, ...lines.slice(1)].join('\n');
}

/** What each check of a row is about. */
function meanings(): Readonly<Record<(typeof rowChecks)[number], string>> {
  return {
    row_empty: 'all fields are empty',
    row_malformed: 'too few or too many fields, broken quotes, or bytes that are not of the encoding',
    organization_missing: 'no name, or none that an id can be made of',
    amount_missing: 'an empty cell',
    amount_malformed: 'not written like `1234.50` or `1,234.50`',
    amount_too_precise: 'more decimals than the currency has',
    amount_not_positive: 'zero, or a credit',
    amount_too_large: 'above `limits.maxAmount`',
    date_malformed: 'empty, of another format, a day that does not exist, or in the future',
    reference_conflict: 'the reference is taken by a payment of another amount or currency',
  };
}

/** The whole page, as the formatter leaves it. */
export function cliReference(): string {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const surroundings = { env: {}, cwd: '.', stop: new AbortController().signal };
  const program = createProgram(createSession(createTerminal({ stdout: nowhere, stderr: nowhere }, surroundings)));
  return `${introduction}${leavesOf(program, 'paystrata').map(section).join('')}`;
}

interface Leaf {
  readonly name: string;
  readonly command: CommandUnknownOpts;
}

function leavesOf(command: CommandUnknownOpts, name: string): readonly Leaf[] {
  if (command.commands.length === 0) return [{ name, command }];
  return command.commands.flatMap((each) => leavesOf(each, `${name} ${each.name()}`));
}

function section({ name, command }: Leaf): string {
  const lines: string[] = [];
  command.configureOutput({ writeOut: (text) => lines.push(text), getOutHelpWidth: () => WIDTH });
  command.outputHelp();
  const text = lines.join('').replace(/\n*Exit codes: .*\n*$/, '');
  return `\n### ${name}\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`;
}
