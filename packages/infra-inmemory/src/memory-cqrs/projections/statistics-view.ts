// The projection of statistics: sums by day and hour, so that a range adds up days and looks at few payments.

import {
  createStatisticsAggregate,
  isCounted,
  type PaymentStatistics,
  type Statistics,
  type StatisticsAggregate,
  type TimeRange,
} from '@paystrata/application';
import type { OrganizationId, Payment, PaymentId } from '@paystrata/domain';
import { keepDocuments, type Tally } from './kept-documents.ts';
import { addStatistics, noStatistics } from './add-statistics.ts';
import type { View } from './view.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface StatisticsView extends View {
  /** Means what `statisticsOf` does over the same payments. */
  statistics(organizationId: OrganizationId, query: PaymentStatistics): Statistics;
}

export function createStatisticsView(): StatisticsView {
  const kept = keepDocuments(() => new Sums());
  return {
    ...kept,
    statistics: (organizationId, query) => kept.tally(organizationId)?.statistics(query) ?? noStatistics,
  };
}

class Sums implements Tally {
  readonly #by = { created: new Times(), processed: new Times() };

  change(before: Payment | null, after: Payment | null): void {
    if (before !== null && isCounted(before)) this.#each(before, (times, at) => times.subtract(before, at));
    if (after !== null && isCounted(after)) this.#each(after, (times, at) => times.add(after, at));
  }

  statistics({ range, of }: PaymentStatistics): Statistics {
    return this.#by[of].statistics(range);
  }

  #each({ createdAt, processedAt }: Payment, act: (times: Times, at: number) => void): void {
    act(this.#by.created, createdAt);
    if (processedAt !== null) act(this.#by.processed, processedAt);
  }
}

/** Payments by one of their instants. */
class Times {
  readonly #all = createStatisticsAggregate();
  readonly #days = new Map<number, StatisticsAggregate>();
  readonly #hours = new Map<number, Hour>();

  add(payment: Payment, at: number): void {
    const hour = at - mod(at, HOUR);
    const day = at - mod(at, DAY);
    const ofHour = this.#hours.get(hour) ?? { sums: createStatisticsAggregate(), payments: new Map() };
    const ofDay = this.#days.get(day) ?? createStatisticsAggregate();
    for (const sums of [this.#all, ofDay, ofHour.sums]) sums.add(payment);
    ofHour.payments.set(payment.id, { payment, at });
    this.#hours.set(hour, ofHour);
    this.#days.set(day, ofDay);
  }

  subtract(payment: Payment, at: number): void {
    const hour = at - mod(at, HOUR);
    const ofHour = this.#hours.get(hour);
    const day = at - mod(at, DAY);
    const ofDay = this.#days.get(day);
    ofHour?.payments.delete(payment.id);
    for (const sums of [this.#all, ofDay, ofHour?.sums]) sums?.subtract(payment);
    if (ofHour?.payments.size !== 0) return;
    this.#hours.delete(hour);
    if (ofDay?.read().count === 0) this.#days.delete(day);
  }

  statistics(range: TimeRange): Statistics {
    if (range.from === null && range.to === null) return this.#all.read();
    const [from, to] = [range.from ?? -Infinity, range.to ?? Infinity];
    const parts: Statistics[] = [];
    for (const [day, sums] of this.#days) if (from <= day && day + DAY <= to) parts.push(sums.read());
    const edges = createStatisticsAggregate();
    for (const [hour, { sums, payments }] of this.#hours) {
      const day = hour - mod(hour, DAY);
      if ((from <= day && day + DAY <= to) || hour + HOUR <= from || hour >= to) continue;
      if (from <= hour && hour + HOUR <= to) parts.push(sums.read());
      else for (const { payment, at } of payments.values()) if (from <= at && at < to) edges.add(payment);
    }
    return addStatistics([...parts, edges.read()]);
  }
}

interface Hour {
  readonly sums: StatisticsAggregate;
  readonly payments: Map<PaymentId, { readonly payment: Payment; readonly at: number }>;
}

/** Not negative, also for instants before 1970. */
function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
