// Statistics and analytics as people read them.

import type { AnalyticsView, CurrencyTotalView, StatisticsView } from '@paystrata/application';
import { shownAmount } from './amounts.ts';
import { columnsTable, fieldsTable, type TableColumn } from './columns-table.ts';
import { shownDuration, shownInstant } from './instants.ts';

const totalColumns: readonly TableColumn<CurrencyTotalView>[] = [
  { heading: 'CURRENCY', cell: ({ currency }) => currency },
  { heading: 'PAYMENTS', align: 'right', cell: ({ count }) => String(count) },
  { heading: 'AMOUNT', align: 'right', cell: ({ amount, currency }) => shownAmount(amount, currency) },
  { heading: 'CAPTURED', align: 'right', cell: ({ captured, currency }) => shownAmount(captured, currency) },
  { heading: 'REFUNDED', align: 'right', cell: ({ refunded, currency }) => shownAmount(refunded, currency) },
];

export function statisticsText({ organizationId, from, to, count, byStatus, totals }: StatisticsView): string {
  const head = fieldsTable([
    ['organization', organizationId],
    ['from', from === null ? 'the beginning' : shownInstant(from)],
    ['to', to === null ? 'now' : shownInstant(to)],
    ['payments', String(count)],
    ...countLines(byStatus),
  ]);
  return totals.length === 0 ? head : `${head}\n\n${columnsTable(totalColumns, totals)}`;
}

export function analyticsText(analytics: AnalyticsView): string {
  const { totals, buckets, byStatus, byCustomer, successRate, failures, durations } = analytics;
  const percent = successRate === null ? 'none was tried' : `${(successRate * 100).toFixed(1)} %`;
  const shown = (time: number | null): string => (time === null ? '–' : shownDuration(time));
  const blocks = [
    fieldsTable([
      ['success rate', percent],
      ['time to completion', `p50 ${shown(durations.p50)}, p95 ${shown(durations.p95)}, p99 ${shown(durations.p99)}`],
      ...countLines(byStatus),
    ]),
    totals.length === 0 ? '' : columnsTable(totalColumns, totals),
    buckets.length === 0 ? '' : columnsTable(bucketColumns, buckets),
    failures.length === 0
      ? ''
      : columnsTable<AnalyticsView['failures'][number]>(
          [{ heading: 'FAILURE', cell: ({ code }) => code }, countColumn],
          failures,
        ),
    byCustomer.length === 0
      ? ''
      : columnsTable<AnalyticsView['byCustomer'][number]>(
          [{ heading: 'CUSTOMER', cell: ({ customer }) => customer }, countColumn],
          byCustomer,
        ),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

const countColumn = {
  heading: 'PAYMENTS',
  align: 'right',
  cell: ({ count }: { readonly count: number }) => String(count),
} as const;

const bucketColumns: readonly TableColumn<AnalyticsView['buckets'][number]>[] = [
  { heading: 'START', cell: ({ start }) => shownInstant(start) },
  countColumn,
  {
    heading: 'AMOUNT',
    align: 'right',
    cell: ({ totals }) => totals.map(({ amount, currency }) => shownAmount(amount, currency)).join(', '),
  },
];

function countLines(counts: Readonly<Partial<Record<string, number>>>): readonly (readonly [string, string])[] {
  return Object.entries(counts).map(([name, count]) => [`  ${name}`, String(count)]);
}
