// events replay

import type { ReplayView } from '@paystrata/application';
import type { Command } from '@commander-js/extra-typings';
import { fromFlag, jsonFlag, limitFlag, organizationFlag, readCount, toFlag } from '../../flags/common-flags.ts';
import * as filters from '../../flags/event-filter.ts';
import { shownAmount } from '../../output/amounts.ts';
import { columnsTable, fieldsTable } from '../../output/columns-table.ts';
import { shownInstant } from '../../output/instants.ts';
import { printResult } from '../../output/json.ts';
import type { Session } from '../../session.ts';
import { examples } from '../examples.ts';

export function addReplayCommand(events: Command, session: Session): void {
  events
    .command('replay')
    .description('fold events again into payments, step by step; changes nothing')
    .addOption(filters.typeFlag)
    .addOption(filters.paymentFlag)
    .addOption(filters.correlationFlag)
    .option('--from-version <version>', 'with --payment: show the steps from that version on', readCount, 1)
    .addOption(fromFlag)
    .addOption(toFlag)
    .addOption(limitFlag)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText(
      'after',
      examples('events replay --payment PAYMENT', 'events replay --from 2026-01-01 --limit 100 --json'),
    )
    .action(({ fromVersion, limit = 100, ...flags }) =>
      session.withClient(flags.organization, async (client) => {
        const filter = filters.eventFilter(flags);
        const replay: ReplayView = await client.ask({ type: 'ReplayEvents', filter, fromVersion, limit });
        await printResult(session.terminal, flags, replay, () => replayText(replay));
      }),
    );
}

function replayText({ events, payments, byType, steps }: ReplayView): string {
  const head = fieldsTable([
    ['events', String(events)],
    ['payments', String(payments)],
    ...Object.entries(byType).map(([type, count]) => [`  ${type}`, String(count)] as const),
  ]);
  if (steps.length === 0) return head;
  const table = columnsTable<ReplayView['steps'][number]>(
    [
      { heading: 'TIME', cell: ({ event }) => shownInstant(event.timestamp) },
      { heading: 'EVENT', cell: ({ event }) => event.type },
      { heading: 'PAYMENT', cell: ({ payment }) => payment.id },
      { heading: 'VERSION', align: 'right', cell: ({ event }) => String(event.version) },
      { heading: 'STATUS', cell: ({ payment }) => payment.status },
      { heading: 'AMOUNT', align: 'right', cell: ({ payment }) => shownAmount(payment.amount, payment.currency) },
    ],
    steps,
  );
  return `${head}\n\n${table}`;
}
