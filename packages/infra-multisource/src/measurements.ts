// What multi-source says of itself in numbers.

import type { Measurement } from '@paystrata/application';
import type { Side } from './guard/gauge.ts';
import type { WatchedSource } from './guard/watched-source.ts';
import type { MultiSourceParts } from './parts.ts';

type Say = (name: string, value: number, labels?: Measurement['labels']) => void;

/** Commands and queries by source, its health and load; the relays; the cache; the router. */
export function measurementsOf(parts: MultiSourceParts): readonly Measurement[] {
  const measurements: Measurement[] = [];
  const say: Say = (name, value, labels = {}) => {
    measurements.push({ name: `paystrata_${name}`, value, labels });
  };
  const { sql, beside, heads, record, router } = parts;
  say('projection_position', record.reads.position(), { projection: 'payments' });
  for (const watched of [sql, ...beside.map((each) => each.watched)]) saySource(say, watched, heads.head);
  for (const { source, relay, watched } of beside) {
    if (relay === null) continue;
    const labels = { source: source.name };
    const { waits, rewinds } = relay.status();
    say('relay_lag_seconds', heads.behindMs(watched.position ?? 0) / 1000, labels);
    say('relay_waits_total', waits, labels);
    say('relay_rewinds_total', rewinds, labels);
    for (const { name, value } of relay.measure()) say(name.replace('subscription', 'relay'), value, labels);
  }
  sayCache(say, parts);
  say('router_failovers_total', router.counts.failedOver);
  say('router_passed_on_total', router.counts.passedOn);
  return measurements;
}

const sides: readonly Side[] = ['read', 'write'];

function saySource(
  say: Say,
  { source: { name: source }, gauge, counts, position, problem, isAnswering }: WatchedSource,
  head: number,
) {
  for (const side of sides) {
    for (const [operation, { calls, errors, seconds }] of gauge.counts[side]) {
      const labels = { source, side, operation };
      say('source_calls_total', calls, labels);
      say('source_errors_total', errors, labels);
      say('source_seconds_total', seconds, labels);
      say('source_average_seconds', calls === 0 ? 0 : seconds / calls, labels);
    }
  }
  const { answered, passedOn } = counts;
  say('source_answered_total', answered, { source });
  say('source_passed_on_total', passedOn, { source });
  say('source_hit_rate', answered + passedOn === 0 ? 0 : answered / (answered + passedOn), { source });
  say('source_healthy', problem === null ? 1 : 0, { source });
  say('source_breaker_open', isAnswering ? 0 : 1, { source });
  say('source_in_flight', gauge.inFlight, { source });
  for (const operation of gauge.counts.read.keys()) {
    say('source_load_seconds', gauge.load(operation) / 1000, { source, operation });
  }
  say('source_position', position ?? 0, { source });
  say('source_lag_events', Math.max(0, head - (position ?? 0)), { source });
}

function sayCache(say: Say, { cache, warmer }: MultiSourceParts): void {
  for (const [query, { hits, misses }] of Object.entries(cache.counts)) {
    say('cache_hits_total', hits, { query });
    say('cache_misses_total', misses, { query });
    say('cache_hit_rate', hits + misses === 0 ? 0 : hits / (hits + misses), { query });
  }
  say('cache_entries', cache.size);
  say('cache_bytes', cache.bytes);
  say('cache_invalidations_total', cache.drops.invalidated);
  say('cache_expired_total', cache.drops.expired);
  say('cache_evictions_total', cache.drops.evicted);
  say('cache_warmed_total', warmer.warmed);
}
