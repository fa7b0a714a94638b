// storage: the state of the store, and its maintenance

import {
  instantOf,
  parseKeptRoot,
  type Instant,
  type KeptRoot,
  type MaintenanceAction,
  type MaintenanceOptions,
  type OrganizationId,
} from '@paystrata/application';
import { InvalidArgumentError, type Command } from '@commander-js/extra-typings';
import type { MaintenanceReportView, MaintenanceTarget, StorageView } from '../client/client.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { UsageError } from '../errors/usage-error.ts';
import { jsonFlag, organizationFlag, readInstant, readPaymentId } from '../flags/common-flags.ts';
import { columnsTable, fieldsTable } from '../output/columns-table.ts';
import { printResult } from '../output/json.ts';
import { showProgress } from '../output/progress-bar.ts';
import type { Session } from '../session.ts';
import { examples } from './examples.ts';

export function addStorageCommand(program: Command, session: Session): void {
  const storage = program.command('storage').description('the state of the store, and its maintenance');
  addStatus(storage, session);
  const actions: readonly (readonly [name: string, action: MaintenanceAction, description: string])[] = [
    ['repair', 'repair', 'mend what verify found'],
    ['rebuild', 'rebuild', 'derive everything anew from what is recorded'],
    ['optimize', 'optimize', 'tidy up the store'],
    ['sync', 'synchronize', 'bring what lags behind up to date'],
  ];
  addVerify(storage, session);
  for (const [name, action, description] of actions) {
    maintenance(storage, { name, description, samples: [] }).action((flags) => run(session, action, flags));
  }
  addArchive(storage, session);
}

function addStatus(storage: Command, session: Session): void {
  storage
    .command('status')
    .description('show the strategy, what it can do and how its sources are; exits with 7 where one is not healthy')
    .addOption(jsonFlag)
    .addHelpText('after', examples('storage status', 'storage status --json'))
    .action((flags) =>
      session.withClient(undefined, async (client) => {
        const status = await client.storage();
        await printResult(session.terminal, flags, status, () => statusText(status));
        if (!status.healthy) session.exitCode = exitCodes.unreachable;
      }),
    );
}

interface Words {
  readonly name: string;
  readonly description: string;
  /** Examples beside those that every action has. */
  readonly samples: readonly string[];
}

/** The command of an action, with the flags that all of them have. */
function maintenance(storage: Command, { name, description, samples }: Words) {
  return storage
    .command(name)
    .description(description)
    .option('--payment <id>', 'only this payment', readPaymentId)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText('after', examples(`storage ${name}`, `storage ${name} --organization demo --json`, ...samples));
}

function addVerify(storage: Command, session: Session): void {
  maintenance(storage, {
    name: 'verify',
    description: 'compare what is derived and kept with what is recorded; exits with 1 where they differ',
    samples: ['storage verify --seal', 'storage verify --root "$(cat root-kept-elsewhere.txt)"'],
  })
    .option('--root <hex@position>', 'of everything: the log must still lead to this root, kept elsewhere', readRoot)
    .option('--seal', 'of everything: where nothing differs, seal the log to its end')
    .action(({ root: keptRoot, seal, ...flags }) =>
      run(session, 'verify', flags, { ...(keptRoot && { keptRoot }), ...(seal === true && { seal }) }),
    );
}

function addArchive(storage: Command, session: Session): void {
  maintenance(storage, {
    name: 'archive',
    description: 'compress old events; they are read as before',
    samples: ['storage archive --before 2026-01-01', 'storage archive --older-than 90d'],
  })
    .option('--before <time>', 'events from before then: an RFC 3339 instant, or a date', readInstant)
    .option('--older-than <age>', 'events older than so many days or hours, such as 90d or 36h', readAge)
    .action(({ before, olderThan, ...flags }) => {
      if (before !== undefined && olderThan !== undefined) {
        throw new UsageError('--before and --older-than say the same thing twice: give one of them');
      }
      const moment = before ?? olderThan;
      return run(session, 'archive', flags, moment === undefined ? {} : { before: moment });
    });
}

interface Flags {
  readonly payment?: string | undefined;
  readonly organization?: OrganizationId | undefined;
  readonly json?: true | undefined;
}

function run(
  session: Session,
  action: MaintenanceAction,
  { payment, ...flags }: Flags,
  options: MaintenanceOptions = {},
): Promise<void> {
  return session.withClient(flags.organization, async (client) => {
    const { terminal } = session;
    const bar = showProgress(terminal, action);
    const target = targetOf(payment, flags.organization);
    const watch = { ...options, onProgress: bar.update, signal: terminal.stop };
    const report = await client.maintain(action, target, watch).finally(() => bar.stop());
    await printResult(terminal, flags, report, () => reportText(report));
    if (report.action === 'verify' && report.differing > 0) session.exitCode = exitCodes.other;
  });
}

function readRoot(text: string): KeptRoot {
  const root = parseKeptRoot(text);
  if (root === undefined)
    throw new InvalidArgumentError('It is HEX@POSITION, as `paystrata storage verify` prints it.');
  return root;
}

const HOUR_MS = 3_600_000;

/** The moment that long ago. */
function readAge(text: string): Instant {
  const [, count, unit] = /^(\d{1,6})([dh])$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError('It is a number of days or hours, such as 90d or 36h.');
  return instantOf(Date.now() - Number(count) * (unit === 'd' ? 24 * HOUR_MS : HOUR_MS));
}

function targetOf(payment: string | undefined, organization: string | undefined): MaintenanceTarget {
  if (payment !== undefined) return { kind: 'payment', paymentId: payment };
  return { kind: organization === undefined ? 'all' : 'organization', paymentId: null };
}

function statusText({ strategy, capabilities, healthy, sources, actions, measurements }: StorageView): string {
  const head = fieldsTable([
    ['strategy', strategy],
    ['healthy', healthy ? 'yes' : 'no'],
    ...Object.entries(capabilities).map(([name, value]) => [name, String(value)] as const),
    ['maintenance', actions.join(', ') || 'none'],
    ...measurements.map(({ name, value, labels }) => [`${name}${labelsText(labels)}`, String(value)] as const),
  ]);
  const table = columnsTable(
    [
      { heading: 'SOURCE', cell: ({ name }) => name },
      { heading: 'HEALTHY', cell: (source) => (source.healthy ? 'yes' : 'no') },
      { heading: 'PROBLEM', most: 120, cell: ({ problem }) => problem ?? '' },
    ],
    sources,
  );
  return sources.length === 0 ? head : `${head}\n\n${table}`;
}

/** As `/metrics` writes them; nothing where there are none. */
function labelsText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function reportText({ action, checked, changed, differing, differences, root, bytes }: MaintenanceReportView): string {
  const head = fieldsTable([
    ['action', action],
    ['checked', String(checked)],
    ['changed', String(changed)],
    ['differing', String(differing)],
    ...(bytes === undefined ? [] : [['bytes', `${bytes.before} before, ${bytes.after} now`] as const]),
    ...(root === undefined ? [] : [['root to keep', root] as const]),
  ]);
  const table = columnsTable(
    [
      { heading: 'ORGANIZATION', cell: ({ organizationId }) => organizationId ?? '' },
      { heading: 'PAYMENT', cell: ({ paymentId }) => paymentId ?? '' },
      { heading: 'PROBLEM', most: 240, cell: ({ problem }) => problem },
    ],
    differences,
  );
  return differences.length === 0 ? head : `${head}\n\n${table}`;
}
