// The flags that choose payments, for lists, analytics and exports.

import {
  parseCurrency,
  paymentStatuses,
  type Currency,
  type PaymentStatus,
  type QueryInput,
} from '@paystrata/application';
import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import type { Client } from '../client/client.ts';
import { UsageError } from '../errors/usage-error.ts';
import { readCurrency, readList, readPair } from './common-flags.ts';
import { readAmount } from './decimal-amount.ts';

type FilterInput = NonNullable<QueryInput<'SearchPayments'>['filter']>;

export const statusFlag = new Option(
  '--status <status>',
  `one of ${paymentStatuses.join(', ')}; may be repeated`,
).argParser((text: string, before?: readonly PaymentStatus[]) => [
  ...(before ?? []),
  ...readList(text).map(readStatus),
]);
export const currencyFlag = new Option('--currency <code>', 'such as EUR; may be repeated').argParser(
  (text: string, before?: readonly Currency[]) => [...(before ?? []), ...readList(text).map(readCurrency)],
);
export const minAmountFlag = new Option('--min-amount <decimal>', 'at least so much');
export const maxAmountFlag = new Option('--max-amount <decimal>', 'at most so much');
export const userFlag = new Option('--user <id>', 'of this user');
export const workflowFlag = new Option('--workflow <id>', 'of this workflow');
export const resourceFlag = new Option('--resource <id>', 'for this cloud resource');
export const customerFlag = new Option('--customer <text>', "the customer's id, name or email address, exactly");
export const referenceFlag = new Option('--reference <text>', 'with this reference, exactly');
export const metadataFlag = new Option('--metadata <key=value>', 'with this pair; may be repeated').argParser(readPair);
export const textFlag = new Option('--text <words>', 'with all these words, the last one as a beginning');

/** What the flags above come to. */
export interface FilterFlags {
  readonly status?: readonly PaymentStatus[] | undefined;
  readonly currency?: readonly Currency[] | undefined;
  readonly minAmount?: string | undefined;
  readonly maxAmount?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly user?: string | undefined;
  readonly workflow?: string | undefined;
  readonly resource?: string | undefined;
  readonly customer?: string | undefined;
  readonly reference?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly text?: string | undefined;
}

/**
 * The filter of a query. An amount range without a currency is in the only one that the organization has.
 *
 * @throws UsageError where it has several, or an amount is malformed.
 */
export async function paymentFilter(flags: FilterFlags, client: Client): Promise<FilterInput> {
  const { status, currency, from, to, user, workflow, resource, customer, reference, metadata, text } = flags;
  const range = await amountRange(flags, client);
  return {
    statuses: status === undefined ? [] : [...status],
    currencies: range === null ? [...(currency ?? [])] : [range.currency],
    minAmount: range?.min ?? null,
    maxAmount: range?.max ?? null,
    created: { from: from ?? null, to: to ?? null },
    userId: user ?? null,
    workflowId: workflow ?? null,
    resourceId: resource ?? null,
    customer: customer ?? null,
    reference: reference ?? null,
    metadata: metadata === undefined ? {} : { ...metadata },
    text: text ?? null,
  };
}

async function amountRange({ minAmount, maxAmount, currency }: FilterFlags, client: Client) {
  if (minAmount === undefined && maxAmount === undefined) return null;
  const named = currency ?? (await currenciesOf(client));
  const [only, another] = named;
  if (only === undefined || another !== undefined) {
    const there = named.length === 0 ? '' : `; it has ${named.join(', ')}`;
    throw new UsageError(`an amount range needs one currency${there}`, 'name it with --currency');
  }
  return {
    currency: only,
    min: minAmount === undefined ? null : readAmount(minAmount, only, '--min-amount'),
    max: maxAmount === undefined ? null : readAmount(maxAmount, only, '--max-amount'),
  };
}

async function currenciesOf(client: Client): Promise<readonly Currency[]> {
  const { byCurrency } = await client.ask({ type: 'PaymentStatistics' });
  return Object.keys(byCurrency).flatMap((code) => parseCurrency(code) ?? []);
}

function readStatus(text: string): PaymentStatus {
  const status = paymentStatuses.find((each) => each === text);
  if (status === undefined) throw new InvalidArgumentError(`It is one of ${paymentStatuses.join(', ')}.`);
  return status;
}
