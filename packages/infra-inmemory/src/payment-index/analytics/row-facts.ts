// What analytics tell of payments besides money: customers, failures, success and durations, by numbers alone.

import { compareCodePoints, TOP_CUSTOMERS, type Analytics, type Durations } from '@paystrata/application';
import { instantOf, type Instant } from '@paystrata/domain';
import { statusCode, type Columns } from '../columns.ts';
import { isImported, OutcomeCounts } from '../outcomes.ts';
import type { Partition } from '../partition.ts';
import { NO_LABEL } from '../row-labels.ts';
import type { TextIndex } from '../text-index.ts';
import { placeOfRank, Numbers } from './numbers.ts';

const DELETED = statusCode('deleted');

type Facts = Pick<Analytics, 'byCustomer' | 'successRate' | 'failures' | 'durations'>;

export class RowFacts {
  readonly #columns: Columns;
  readonly #texts: TextIndex;
  readonly #outcomes = new OutcomeCounts();
  readonly #durations = new Numbers();
  /** By the term of the customer. */
  readonly #customers: Int32Array;
  #first = Infinity;
  #last = -Infinity;

  constructor({ columns, texts }: Partition) {
    this.#columns = columns;
    this.#texts = texts;
    this.#customers = new Int32Array(texts.customers.terms);
  }

  /** Passes over deleted payments. */
  take(row: number): void {
    const { status, created, processed, outcome: outcomes } = this.#columns;
    if (status[row] === DELETED) return;
    const createdAt = created[row] ?? 0;
    if (createdAt < this.#first) this.#first = createdAt;
    if (createdAt > this.#last) this.#last = createdAt;
    const outcome = outcomes[row] ?? 0;
    this.#outcomes.count(outcome);
    const duration = (processed[row] ?? Number.NaN) - createdAt;
    if (!Number.isNaN(duration) && !isImported(outcome)) this.#durations.push(duration);
    const customer = this.#texts.label(row);
    if (customer !== NO_LABEL) this.#customers[customer] = (this.#customers[customer] ?? 0) + 1;
  }

  /** The first creation; null where there is no payment. */
  get first(): Instant | null {
    return this.#first === Infinity ? null : instantOf(this.#first);
  }

  get last(): Instant | null {
    return this.#last === -Infinity ? null : instantOf(this.#last);
  }

  read(): Facts {
    const { captured } = this.#outcomes;
    const failures = this.#outcomes.failures();
    const failed = failures.reduce((sum, { count }) => sum + count, 0);
    return {
      byCustomer: this.#topCustomers(),
      successRate: captured + failed === 0 ? null : captured / (captured + failed),
      failures: failures.toSorted((a, b) => b.count - a.count || compareCodePoints(a.code, b.code)),
      durations: this.#percentiles(),
    };
  }

  #percentiles(): Durations {
    const [p50, p95, p99] = [50, 95, 99].map((percent) => {
      const place = placeOfRank(percent, this.#durations.length);
      return place < 0 ? null : this.#durations.nth(place);
    });
    return { p50: p50 ?? null, p95: p95 ?? null, p99: p99 ?? null };
  }

  #topCustomers(): Facts['byCustomer'] {
    const { customers } = this.#texts;
    const first: { readonly customer: string; readonly count: number }[] = [];
    for (let term = 0; term < this.#customers.length; term += 1) {
      const count = this.#customers[term] ?? 0;
      const least = first.length < TOP_CUSTOMERS ? 0 : (first.at(-1)?.count ?? 0);
      if (count === 0 || count < least) continue;
      const customer = customers.text(term);
      const isBehind = (other: { readonly customer: string; readonly count: number }) =>
        other.count < count || (other.count === count && compareCodePoints(other.customer, customer) > 0);
      const place = first.findIndex(isBehind);
      first.splice(place < 0 ? first.length : place, 0, { customer, count });
      if (first.length > TOP_CUSTOMERS) first.pop();
    }
    return first;
  }
}
