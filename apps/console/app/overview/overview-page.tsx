// How payments go: volume per currency, success, failures, refunds, durations. Currencies are never summed.

import { useLocation } from 'preact-iso';
import { useMemo } from 'preact/hooks';
import type { AnalyticsView } from '../api/types.ts';
import { formatDuration } from '../format/time.ts';
import { useApp } from '../ui/app-context.ts';
import { Empty, ProblemNote, statusWord } from '../ui/pieces.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { Breakdown } from './breakdown.tsx';
import { CurrencyVolume } from './currency-volume.tsx';
import { rangeNamed, ranges, startOf } from './ranges.ts';

export function OverviewPage() {
  const { url, route } = useLocation();
  const { client, zone } = useApp();
  const range = rangeNamed(new URL(url, location.origin).searchParams.get('range'));
  const from = useMemo(() => startOf(range, Date.now()), [range.name]);
  const query = new URLSearchParams({ interval: range.interval, timezone: zone });
  if (from !== null) query.set('created[gte]', from);
  const { value, problem, reload } = useAnswer(query.toString(), (signal) => client.analytics(query, signal));
  return (
    <>
      <div class="heading">
        <h1>Overview</h1>
        <label>
          Created{' '}
          <select value={range.name} onChange={(event) => route(`/overview?range=${event.currentTarget.value}`, true)}>
            {ranges.map(({ name, label }) => (
              <option value={name}>{label}</option>
            ))}
          </select>
        </label>
      </div>
      {problem !== null && <ProblemNote problem={problem} retry={reload} />}
      {value !== null && <Answers analytics={value} from={from} interval={range.interval} />}
    </>
  );
}

interface AnswersProps {
  readonly analytics: AnalyticsView;
  readonly from: string | null;
  readonly interval: string;
}

function Answers({ analytics, from, interval }: AnswersProps) {
  const { totals, successRate, durations, byStatus, failures, byCustomer } = analytics;
  if (totals.length === 0) {
    return (
      <Empty title="No payment in this range.">
        Take a wider range, or import some with <code>paystrata import FILE.csv</code>.
      </Empty>
    );
  }
  const list = (fields: Readonly<Record<string, string>>) => {
    const query = new URLSearchParams({ ...(from !== null && { 'created[gte]': from }), ...fields });
    return `/payments?${query.toString()}`;
  };
  const time = (milliseconds: number | null) => (milliseconds === null ? '–' : formatDuration(milliseconds));
  return (
    <>
      <dl class="figures">
        <div>
          <dt>Success rate</dt>
          <dd>
            <a href={list({ status: 'completed' })}>
              {successRate === null ? '–' : `${(successRate * 100).toFixed(1)} %`}
            </a>
          </dd>
        </div>
        <div>
          <dt>From created to completed: p50 · p95 · p99</dt>
          <dd>{[durations.p50, durations.p95, durations.p99].map(time).join(' · ')}</dd>
        </div>
      </dl>
      {totals
        .toSorted((a, b) => b.count - a.count)
        .map((total) => (
          <CurrencyVolume key={total.currency} total={total} analytics={analytics} interval={interval} list={list} />
        ))}
      <div class="columns">
        <Breakdown
          title="By status"
          rows={Object.entries(byStatus).map(([status, count = 0]) => ({
            ...{ text: statusWord(status), count, href: list({ status }) },
          }))}
        />
        <Breakdown
          title="Failure reasons"
          rows={failures.map(({ code, count }) => ({ text: code, count, href: list({ status: 'failed' }) }))}
        />
        <Breakdown
          title="Customers with most payments"
          rows={byCustomer.map(({ customer, count }) => ({ text: customer, count, href: list({ customer }) }))}
        />
      </div>
    </>
  );
}
