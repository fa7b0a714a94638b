// Exact percentiles from an engine whose own are estimates: the value at a rank is closed in on by counting.

import type { Durations } from '@paystrata/application';
import { z } from 'zod';
import type { Clause } from './payment-filter.ts';
import { readReply } from './search-client.ts';
import type { AskIndex } from './search-page.ts';

export interface Took {
  readonly count: number;
  readonly least: number;
  readonly most: number;
}

/** Slots that a range is cut into; four questions close in on one of 10^12 values. */
const SLOTS = 1000;

/**
 * Nearest-rank percentiles of `took`, as `durationsOf` has them.
 *
 * @returns null where the index is gone, or what is counted changes while it is counted.
 */
export async function exactDurations(ask: AskIndex, query: Clause, took: Took): Promise<Durations | null> {
  if (took.count === 0) return { p50: null, p95: null, p99: null };
  const [p50, p95, p99] = [
    await valueAt(ask, query, took, 50),
    await valueAt(ask, query, took, 95),
    await valueAt(ask, query, took, 99),
  ];
  return p50 === null || p95 === null || p99 === null ? null : { p50, p95, p99 };
}

async function valueAt(ask: AskIndex, query: Clause, took: Took, percent: number): Promise<number | null> {
  let { least, most } = took;
  /** Of the value among those from `least` on, from 1. */
  let rank = Math.ceil((percent * took.count) / 100);
  while (least < most) {
    const interval = Math.max(1, Math.ceil((most - least + 1) / SLOTS));
    const slots = await slotsOf(ask, query, { least, most, interval });
    if (slots === null) return null;
    const slot = slots.find(({ count }) => {
      if (rank <= count) return true;
      rank -= count;
      return false;
    });
    if (slot === undefined) return null;
    most = Math.min(most, slot.from + interval - 1);
    least = slot.from;
  }
  return least;
}

interface Cut {
  readonly least: number;
  readonly most: number;
  readonly interval: number;
}

async function slotsOf(ask: AskIndex, query: Clause, { least, most, interval }: Cut) {
  const reply = await ask({
    query: { bool: { filter: [query, { range: { took: { gte: least, lte: most } } }] } },
    size: 0,
    track_total_hits: false,
    aggs: { slots: { histogram: { field: 'took', interval, offset: least % interval, min_doc_count: 1 } } },
  });
  if (reply === null) return null;
  return readReply(slotsSchema, reply).aggregations.slots.buckets.map(({ key, doc_count: count }) => ({
    from: Math.max(least, key),
    count,
  }));
}

const slotsSchema = z.object({
  aggregations: z.object({
    slots: z.object({ buckets: z.array(z.object({ key: z.number(), doc_count: z.int() })) }),
  }),
});
