// Statistics from the sums that are kept, and of the payments in the two hours that a range cuts.

import {
  PortFailure,
  statisticsFrom,
  type CurrencyTotal,
  type PaymentStatistics,
  type Statistics,
} from '@paystrata/application';
import {
  parseCurrency,
  paymentStatuses,
  type Currency,
  type OrganizationId,
  type PaymentStatus,
} from '@paystrata/domain';
import { sql } from 'kysely';
import { integer, text, type Row } from '../../rows.ts';
import type { ProjectionSession } from '../projecting/projection.ts';
import { amountFrom } from './exact-amounts.ts';
import { tablesOf } from './payment-tables.ts';
import { takeApart, type BucketRange, type InstantRange } from './time-levels.ts';

/** @returns the same as `statisticsOf` over all documents. */
export async function paymentStatistics(
  session: ProjectionSession,
  organization: OrganizationId,
  { range, of }: PaymentStatistics,
): Promise<Statistics> {
  const { buckets, edges } = takeApart(range.from, range.to);
  const sums = new StatisticsSums();
  for (const part of buckets) for (const row of await bucketSums(session, organization, of, part)) sums.add(row);
  for (const part of edges) for (const row of await edgeSums(session, organization, of, part)) sums.add(row);
  return sums.read();
}

const amounts = ['amount', 'captured', 'refunded'] as const;

/** Sums of the columns of amounts under the alias, as texts. */
export function amountSums(alias: string) {
  return amounts.flatMap((name) =>
    ['high', 'middle', 'low'].map((part) =>
      sql<string>`cast(sum(${sql.ref(`${alias}.${name}_${part}`)}) as text)`.as(`${name}_${part}`),
    ),
  );
}

function bucketSums(
  session: ProjectionSession,
  organization: OrganizationId,
  instant: PaymentStatistics['of'],
  { level, first, last }: BucketRange,
): Promise<readonly Row[]> {
  const query = tablesOf(session)
    .selectFrom('sums as s')
    .select(['s.status', 's.currency', sql`cast(sum(s.count) as bigint)`.as('count')])
    .select(amountSums('s'))
    .where('s.organization', '=', organization)
    .where('s.instant', '=', instant)
    .where('s.level', '=', level)
    .$if(first !== null, (some) => some.where('s.bucket', '>=', first ?? 0))
    .$if(last !== null, (some) => some.where('s.bucket', '<', last ?? 0))
    .where('s.status', '<>', 'deleted')
    .groupBy(['s.status', 's.currency']);
  return session.all(query.compile());
}

function edgeSums(
  session: ProjectionSession,
  organization: OrganizationId,
  instant: PaymentStatistics['of'],
  { from, to }: InstantRange,
): Promise<readonly Row[]> {
  const column = instant === 'created' ? 'p.created_at' : 'p.processed_at';
  const query = tablesOf(session)
    .selectFrom('payments as p')
    .select(['p.status', 'p.currency', sql`count(*)`.as('count')])
    .select(amountSums('p'))
    .where('p.organization', '=', organization)
    .where(column, '>=', from)
    .where(column, '<', to)
    .where('p.status', '<>', 'deleted')
    .groupBy(['p.status', 'p.currency']);
  return session.all(query.compile());
}

/** Adds up rows of counts and sums by status and currency. */
export class StatisticsSums {
  readonly #statuses = new Map<PaymentStatus, number>();
  readonly #totals = new Map<Currency, CurrencyTotal>();

  add(row: Row): void {
    const count = integer(row, 'count');
    if (count === 0) return;
    const status = statusOf(row);
    const currency = currencyOf(row);
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + count);
    const total = this.#totals.get(currency);
    this.#totals.set(currency, {
      currency,
      count: (total?.count ?? 0) + count,
      amount: (total?.amount ?? 0n) + amountFrom(row, 'amount'),
      captured: (total?.captured ?? 0n) + amountFrom(row, 'captured'),
      refunded: (total?.refunded ?? 0n) + amountFrom(row, 'refunded'),
    });
  }

  read(): Statistics {
    return statisticsFrom(this.#statuses, this.#totals.values());
  }
}

function statusOf(row: Row): PaymentStatus {
  const found = paymentStatuses.find((status) => status === row['status']);
  if (found === undefined) throw damaged(`there is no status ${text(row, 'status')}`);
  return found;
}

function currencyOf(row: Row): Currency {
  const found = parseCurrency(text(row, 'currency'));
  if (found === undefined) throw damaged(`there is no currency ${text(row, 'currency')}`);
  return found;
}

function damaged(problem: string): PortFailure {
  return new PortFailure('STORE_DAMAGED', `the read model is damaged: ${problem}; rebuild it`);
}
