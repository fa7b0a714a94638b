// What a worker has done and has in hand, as numbers for `/metrics`.

import type { Measurement } from '@paystrata/application';
import type { Worker } from '@temporalio/worker';

export interface WorkerMetrics {
  /** The activities, counted and timed under the name of their queue. */
  counted(queue: string, activities: Activities): Activities;
  /** An event that was recorded at that time is projected now. */
  projected(recordedAt: number): void;
  measure(workers: ReadonlyMap<string, Pick<Worker, 'getState' | 'getStatus'>>): readonly Measurement[];
}

type Activities = Readonly<Record<string, (message: never) => Promise<unknown>>>;

interface Count {
  readonly labels: Readonly<Record<string, string>>;
  done: number;
  failed: number;
  seconds: number;
}

export function createWorkerMetrics(): WorkerMetrics {
  const counts: Count[] = [];
  let lagSeconds = 0;
  return {
    counted: (queue, activities) => {
      const entries = Object.entries(activities).map(([activity, run]) => {
        const count: Count = { labels: { queue, activity }, done: 0, failed: 0, seconds: 0 };
        counts.push(count);
        return [activity, (message: never) => timed(count, () => run(message))] as const;
      });
      return Object.fromEntries(entries);
    },
    projected: (recordedAt) => {
      lagSeconds = Math.max(0, Date.now() - recordedAt) / 1000;
    },
    measure: (workers) => [
      ...[...workers].flatMap(([queue, worker]) => statusOf(queue, worker)),
      ...counts.flatMap(countsOf),
      { name: 'paystrata_temporal_projection_lag_seconds', value: lagSeconds, labels: {} },
    ],
  };
}

async function timed<Answer>(count: Count, run: () => Promise<Answer>): Promise<Answer> {
  const begun = performance.now();
  try {
    return await run();
  } catch (error) {
    count.failed++;
    throw error;
  } finally {
    count.done++;
    count.seconds += (performance.now() - begun) / 1000;
  }
}

function statusOf(queue: string, worker: Pick<Worker, 'getState' | 'getStatus'>): readonly Measurement[] {
  const { numInFlightWorkflowActivations, numInFlightActivities, numCachedWorkflows } = worker.getStatus();
  const inFlight = numInFlightWorkflowActivations + numInFlightActivities;
  const prefix = 'paystrata_temporal_worker';
  return [
    { name: `${prefix}_running`, value: worker.getState() === 'RUNNING' ? 1 : 0, labels: { queue } },
    { name: `${prefix}_in_flight`, value: inFlight, labels: { queue } },
    ...(queue === 'workflows' ? [{ name: `${prefix}_cached_workflows`, value: numCachedWorkflows, labels: {} }] : []),
  ];
}

function countsOf({ labels, done, failed, seconds }: Count): readonly Measurement[] {
  const prefix = 'paystrata_temporal_activity';
  return [
    { name: `${prefix}_total`, value: done, labels },
    { name: `${prefix}_failures_total`, value: failed, labels },
    { name: `${prefix}_seconds_total`, value: seconds, labels },
  ];
}
