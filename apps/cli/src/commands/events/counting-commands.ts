// events stats and trends

import type { EventCountsView as Counts, TrendView } from '@paystrata/application';
import type { Command } from '@commander-js/extra-typings';
import { fromFlag, intervalFlag, jsonFlag, organizationFlag, timezoneFlag, toFlag } from '../../flags/common-flags.ts';
import * as filters from '../../flags/event-filter.ts';
import { columnsTable, fieldsTable } from '../../output/columns-table.ts';
import { shownInstant } from '../../output/instants.ts';
import { printResult } from '../../output/json.ts';
import type { Session } from '../../session.ts';
import { examples } from '../examples.ts';

export function addCountingCommands(events: Command, session: Session): void {
  addStats(events, session);
  addTrends(events, session);
}

function addStats(events: Command, session: Session): void {
  events
    .command('stats')
    .description('count events by type, actor, payment and day')
    .addOption(filters.typeFlag)
    .addOption(filters.paymentFlag)
    .addOption(filters.actorFlag)
    .addOption(fromFlag)
    .addOption(toFlag)
    .addOption(timezoneFlag)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText('after', examples('events stats', 'events stats --from 2026-01-01 --timezone Asia/Tokyo --json'))
    .action(({ timezone, ...flags }) =>
      session.withClient(flags.organization, async (client) => {
        const filter = filters.eventFilter(flags);
        const counts: Counts = await client.ask({ type: 'EventStatistics', filter, timezone });
        await printResult(session.terminal, flags, counts, () => countsText(counts));
      }),
    );
}

function addTrends(events: Command, session: Session): void {
  events
    .command('trends')
    .description('count events over time')
    .addOption(filters.typeFlag)
    .addOption(filters.paymentFlag)
    .addOption(filters.actorFlag)
    .addOption(fromFlag)
    .addOption(toFlag)
    .addOption(intervalFlag)
    .addOption(timezoneFlag)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText('after', examples('events trends --interval hour', 'events trends --type PaymentFailed --json'))
    .action(({ interval, timezone, ...flags }) =>
      session.withClient(flags.organization, async (client) => {
        const filter = filters.eventFilter(flags);
        const trends: readonly TrendView[] = await client.ask({ type: 'EventTrends', filter, interval, timezone });
        await printResult(session.terminal, flags, trends, () => trendsText(trends));
      }),
    );
}

const countColumn = {
  heading: 'EVENTS',
  align: 'right',
  cell: ({ count }: { readonly count: number }) => String(count),
} as const;

function countsText({ count, payments, byType, byDay, byActor }: Counts): string {
  const head = fieldsTable([
    ['events', String(count)],
    ['payments', String(payments)],
    ...Object.entries(byType).map(([type, each]) => [`  ${type}`, String(each)] as const),
  ]);
  if (count === 0) return head;
  const actors = columnsTable<Counts['byActor'][number]>(
    [{ heading: 'ACTOR', cell: ({ actor }) => actor }, countColumn],
    byActor,
  );
  const days = columnsTable<Counts['byDay'][number]>(
    [{ heading: 'DAY', cell: ({ start }) => shownInstant(start) }, countColumn],
    byDay,
  );
  return [head, actors, days].join('\n\n');
}

function trendsText(trends: readonly TrendView[]): string {
  const types = ({ byType }: TrendView): string =>
    Object.entries(byType)
      .map(([type, count]) => `${type} ${count}`)
      .join(', ');
  const start = { heading: 'START', cell: (trend: TrendView) => shownInstant(trend.start) };
  return columnsTable<TrendView>([start, countColumn, { heading: 'OF THESE', most: 100, cell: types }], trends);
}
