// The event log of memory-cqrs: that of the write model, with an eye on organizations that were dropped.

import {
  createLogFedEventLog,
  type Clock,
  type EventLog,
  type LogSource,
  type ReadContext,
} from '@paystrata/application';
import type { MemoryPartitions } from './write-model/partitions.ts';

export interface PartitionedLogOptions {
  readonly source: LogSource;
  readonly partitions: MemoryPartitions;
  readonly clock: Clock;
}

/** As fresh as the last commit. Refuses positions from before the organization was dropped. */
export function createPartitionedLog({ source, partitions, clock }: PartitionedLogOptions): EventLog {
  const log = createLogFedEventLog({ source, clock });
  const checked = async <Answer>(context: ReadContext, ask: () => Promise<Answer>): Promise<Answer> => {
    partitions.requireNotDropped(context);
    return ask();
  };
  return {
    readAll: (request) => log.readAll(request),
    history: (query, context) => checked(context, () => log.history(query, context)),
    timeline: (query, context) => checked(context, () => log.timeline(query, context)),
    correlationTimeline: (query, context) => checked(context, () => log.correlationTimeline(query, context)),
    correlation: (query, context) => checked(context, () => log.correlation(query, context)),
    search: (query, context) => checked(context, () => log.search(query, context)),
    statistics: (query, context) => checked(context, () => log.statistics(query, context)),
    trends: (query, context) => checked(context, () => log.trends(query, context)),
    replay: (query, context) => checked(context, () => log.replay(query, context)),
  };
}
