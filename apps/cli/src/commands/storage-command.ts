// storage: the state of the store, and its maintenance

import type { MaintenanceAction } from '@paystrata/application';
import type { Command } from '@commander-js/extra-typings';
import type { MaintenanceReportView, MaintenanceTarget, StorageView } from '../client/client.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { jsonFlag, organizationFlag, readPaymentId } from '../flags/common-flags.ts';
import { columnsTable, fieldsTable } from '../output/columns-table.ts';
import { printResult } from '../output/json.ts';
import { showProgress } from '../output/progress-bar.ts';
import type { Session } from '../session.ts';
import { examples } from './examples.ts';

export function addStorageCommand(program: Command, session: Session): void {
  const storage = program.command('storage').description('the state of the store, and its maintenance');
  addStatus(storage, session);
  const actions: readonly (readonly [name: string, action: MaintenanceAction, description: string])[] = [
    ['verify', 'verify', 'compare what is derived with what is recorded; exits with 1 where they differ'],
    ['repair', 'repair', 'mend what verify found'],
    ['rebuild', 'rebuild', 'derive everything anew from what is recorded'],
    ['optimize', 'optimize', 'tidy up the store'],
    ['sync', 'synchronize', 'bring what lags behind up to date'],
    ['archive', 'archive', 'move what is old out of the way'],
  ];
  for (const [name, action, description] of actions) addAction(storage, session, { name, action, description });
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

interface Action {
  readonly name: string;
  readonly action: MaintenanceAction;
  readonly description: string;
}

function addAction(storage: Command, session: Session, { name, action, description }: Action): void {
  storage
    .command(name)
    .description(description)
    .option('--payment <id>', 'only this payment', readPaymentId)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText('after', examples(`storage ${name}`, `storage ${name} --organization demo --json`))
    .action(({ payment, ...flags }) =>
      session.withClient(flags.organization, async (client) => {
        const { terminal } = session;
        const bar = showProgress(terminal, name);
        const target = targetOf(payment, flags.organization);
        const watch = { onProgress: bar.update, signal: terminal.stop };
        const report = await client.maintain(action, target, watch).finally(() => bar.stop());
        await printResult(terminal, flags, report, () => reportText(report));
        if (report.action === 'verify' && report.differing > 0) session.exitCode = exitCodes.other;
      }),
    );
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
    ...measurements.map(({ name, value }) => [name, String(value)] as const),
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

function reportText({ action, checked, changed, differing, differences }: MaintenanceReportView): string {
  const head = fieldsTable([
    ['action', action],
    ['checked', String(checked)],
    ['changed', String(changed)],
    ['differing', String(differing)],
  ]);
  const table = columnsTable(
    [
      { heading: 'ORGANIZATION', cell: ({ organizationId }) => organizationId },
      { heading: 'PAYMENT', cell: ({ paymentId }) => paymentId },
      { heading: 'PROBLEM', most: 120, cell: ({ problem }) => problem },
    ],
    differences,
  );
  return differences.length === 0 ? head : `${head}\n\n${table}`;
}
