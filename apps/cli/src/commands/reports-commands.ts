// stats, analytics and suggest

import type { AnalyticsView, StatisticsView } from '@paystrata/application';
import { Option, type Command } from '@commander-js/extra-typings';
import {
  fromFlag,
  intervalFlag,
  jsonFlag,
  limitFlag,
  organizationFlag,
  timezoneFlag,
  toFlag,
} from '../flags/common-flags.ts';
import * as filters from '../flags/payment-filter.ts';
import { columnsTable } from '../output/columns-table.ts';
import { printResult } from '../output/json.ts';
import { analyticsText, statisticsText } from '../output/report-output.ts';
import type { Session } from '../session.ts';
import { examples } from './examples.ts';

const ofFlag = new Option('--of <instant>', 'which instant of a payment the range is about')
  .choices(['created', 'processed'] as const)
  .default('created' as const);

const fieldFlag = new Option('--field <field>', 'only from there').choices([
  'customer',
  'reference',
  'description',
] as const);

export function addReportsCommands(program: Command, session: Session): void {
  addStats(program, session);
  addAnalytics(program, session);
  addSuggest(program, session);
}

function addStats(program: Command, session: Session): void {
  program
    .command('stats')
    .description('count payments and add them up, exactly')
    .addOption(organizationFlag)
    .addOption(fromFlag)
    .addOption(toFlag)
    .addOption(ofFlag)
    .addOption(jsonFlag)
    .addHelpText(
      'after',
      examples('stats --organization leeds-city-council', 'stats --from 2020-06-01 --to 2020-07-01 --json'),
    )
    .action(({ from = null, to = null, of, ...flags }) =>
      session.withClient(flags.organization, async (client) => {
        const statistics: StatisticsView = await client.ask({ type: 'PaymentStatistics', range: { from, to }, of });
        await printResult(session.terminal, flags, statistics, () => statisticsText(statistics));
      }),
    );
}

function addAnalytics(program: Command, session: Session): void {
  program
    .command('analytics')
    .description('payments over time: volume, success, failures, durations')
    .addOption(organizationFlag)
    .addOption(fromFlag)
    .addOption(toFlag)
    .addOption(intervalFlag)
    .addOption(timezoneFlag)
    .addOption(filters.statusFlag)
    .addOption(filters.currencyFlag)
    .addOption(filters.minAmountFlag)
    .addOption(filters.maxAmountFlag)
    .addOption(filters.userFlag)
    .addOption(filters.workflowFlag)
    .addOption(filters.resourceFlag)
    .addOption(filters.customerFlag)
    .addOption(filters.metadataFlag)
    .addOption(filters.textFlag)
    .addOption(jsonFlag)
    .addHelpText(
      'after',
      examples(
        'analytics --interval week --timezone Europe/London',
        'analytics --status failed --from 2026-01-01 --json',
      ),
    )
    .action(({ interval, timezone, ...flags }) =>
      session.withClient(flags.organization, async (client) => {
        const filter = await filters.paymentFilter(flags, client);
        const analytics: AnalyticsView = await client.ask({ type: 'PaymentAnalytics', filter, interval, timezone });
        await printResult(session.terminal, flags, analytics, () => analyticsText(analytics));
      }),
    );
}

function addSuggest(program: Command, session: Session): void {
  program
    .command('suggest')
    .description('complete what somebody began to type, from customers, references and descriptions')
    .argument('<prefix>', 'the beginning, case and accents aside')
    .addOption(fieldFlag)
    .addOption(limitFlag)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText('after', examples('suggest care', 'suggest 2006- --field reference --limit 5 --json'))
    .action((prefix, { field = null, limit = 10, ...flags }) =>
      session.withClient(flags.organization, async (client) => {
        const suggestions = await client.ask({ type: 'SuggestPayments', prefix, field, limit });
        await printResult(session.terminal, flags, suggestions, () =>
          columnsTable(
            [
              { heading: 'TEXT', cell: ({ text }) => text },
              { heading: 'FIELD', cell: (suggestion) => suggestion.field },
              { heading: 'PAYMENTS', align: 'right', cell: ({ count }) => String(count) },
            ],
            suggestions,
          ),
        );
      }),
    );
}
