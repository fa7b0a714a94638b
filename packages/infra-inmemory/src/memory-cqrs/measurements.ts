// What memory-cqrs says of itself in numbers.

import type { Measurement } from '@paystrata/application';
import type { MemoryEventBus } from './event-bus/memory-event-bus.ts';
import type { Projections } from './projections/projections.ts';
import type { GuardedStore } from './query-cache/guarded-store.ts';
import type { LevelCounts } from './query-cache/level-counts.ts';
import type { QueryCache } from './query-cache/query-cache.ts';
import type { SecondLevel } from './query-cache/second-level.ts';
import type { Partitions, PartitionStatus } from './write-model/partitions.ts';

const SHOWN_PARTITIONS = 20;

export interface Measured {
  readonly projections: Projections;
  readonly events: MemoryEventBus;
  readonly partitions: Partitions;
  readonly cache: QueryCache;
  readonly second: { readonly level: SecondLevel; readonly store: GuardedStore } | null;
}

export function measurementsOf({ projections, events, partitions, cache, second }: Measured): readonly Measurement[] {
  const measurements: Measurement[] = [];
  const say = (name: string, value: number, labels: Measurement['labels'] = {}) => {
    measurements.push({ name: `paystrata_${name}`, value, labels });
  };
  say('payments', projections.payments.view.size());
  say('organizations', projections.payments.view.organizations().length);
  for (const each of projections.all) {
    const { name: projection, checkpoint, lag, lagMs, lagP99Ms, paused } = each.status();
    say('projection_position', checkpoint, { projection });
    say('projection_lag_events', lag, { projection });
    say('projection_lag_seconds', lagMs / 1000, { projection });
    say('projection_lag_p99_seconds', lagP99Ms / 1000, { projection });
    say('projection_paused', paused ? 1 : 0, { projection });
  }
  for (const { name: subscription, lag, deadLetters, held } of events.subscriptions()) {
    say('subscription_lag_events', lag, { subscription });
    say('subscription_dead_letters', deadLetters, { subscription });
    say('subscription_held', held ? 1 : 0, { subscription });
  }
  for (const { organizationId: partition, events: stored, waiting } of largest(partitions)) {
    say('partition_events', stored, { partition });
    say('partition_waiting_commands', waiting, { partition });
  }
  say('cache_entries', cache.size, { level: '1' });
  say('cache_bytes', cache.bytes, { level: '1' });
  sayCounts(say, cache.first, '1');
  if (second !== null) {
    sayCounts(say, second.level.counts, '2');
    say('cache_failures_total', second.store.failures, { level: '2' });
    say('cache_breaker_open', second.store.answering ? 0 : 1, { level: '2' });
  }
  return measurements;
}

/** Those with most events: as many labels as there are organizations would be too many. */
function largest(partitions: Partitions): readonly PartitionStatus[] {
  return partitions
    .list()
    .toSorted((a, b) => b.events - a.events)
    .slice(0, SHOWN_PARTITIONS);
}

function sayCounts(
  say: (name: string, value: number, labels: Measurement['labels']) => void,
  { hits, misses, evictions, staleRefusals, poisoned }: LevelCounts,
  level: string,
): void {
  say('cache_hits_total', hits, { level });
  say('cache_misses_total', misses, { level });
  say('cache_evictions_total', evictions, { level });
  say('cache_stale_refusals_total', staleRefusals, { level });
  say('cache_poisoned_total', poisoned, { level });
}
