// The volume of one currency over time.

import type { AnalyticsView } from '../api/types.ts';
import { formatAmount, formatNumber } from '../format/money.ts';
import { formatDay, formatMonth, formatTime } from '../format/time.ts';
import { useApp } from '../ui/app-context.ts';
import { BarChart } from './bar-chart.tsx';

interface CurrencyVolumeProps {
  readonly total: AnalyticsView['totals'][number];
  readonly analytics: AnalyticsView;
  readonly interval: string;
  readonly list: (fields: Readonly<Record<string, string>>) => string;
}

export function CurrencyVolume({ total, analytics, interval, list }: CurrencyVolumeProps) {
  const { zone } = useApp();
  const { currency, count, amount, captured, refunded } = total;
  const all = analytics.buckets;
  const buckets = ownBuckets(all, currency);
  const bars = buckets.map((bucket) => {
    const { start, totals } = bucket;
    const found = totals.find((each) => each.currency === currency);
    const end = all[all.indexOf(bucket) + 1]?.start;
    const created = { 'created[gte]': start, ...(end !== undefined && { 'created[lt]': end }) };
    return {
      label: labelOf(start, interval, zone),
      // Pixels need no more digits than a double has.
      value: Number(found?.amount ?? 0),
      text: `${formatAmount(found?.amount ?? 0, currency)}, ${found?.count ?? 0} payments`,
      href: list({ currency, ...created }),
    };
  });
  return (
    <section class="volume" aria-label={`Volume in ${currency}`}>
      <dl class="figures">
        <div>
          <dt>{currency}, payments</dt>
          <dd>
            <a href={list({ currency })}>{count.toLocaleString('en')}</a>
          </dd>
        </div>
        <div>
          <dt>Volume</dt>
          <dd>{formatNumber(amount, currency)}</dd>
        </div>
        <div>
          <dt>Captured</dt>
          <dd>{formatNumber(captured, currency)}</dd>
        </div>
        <div>
          <dt>Refunded</dt>
          <dd>
            <a href={list({ currency, status: 'refunded' })}>{formatNumber(refunded, currency)}</a>
          </dd>
        </div>
      </dl>
      <BarChart
        title={`Volume by ${interval}`}
        unit={currency}
        bars={bars}
        tick={(value) => formatNumber(Math.round(value), currency).replace(/\.\d+$/, '')}
      />
    </section>
  );
}

/** From the first bucket in which the currency turns up to the last. */
function ownBuckets(buckets: AnalyticsView['buckets'], currency: string): AnalyticsView['buckets'] {
  const isOwn = ({ totals }: (typeof buckets)[number]) => totals.some((total) => total.currency === currency);
  const first = buckets.findIndex(isOwn);
  return first === -1 ? [] : buckets.slice(first, buckets.findLastIndex(isOwn) + 1);
}

function labelOf(start: string, interval: string, zone: string): string {
  if (interval === 'hour') return formatTime(start, zone);
  return interval === 'month' ? formatMonth(start, zone) : formatDay(start, zone);
}
