// What a filter means in the words of the engine: exact terms, prefixes of our tokens, ranges of numbers and digits.

import { textQueryOf, type PaymentFilter, type TimeRange } from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import { amountDigits } from './amount-fields.ts';
import { metadataTerm } from './payment-mapping.ts';

/** A clause of the engine's query language. */
export type Clause = Readonly<Record<string, unknown>>;

export const notDeleted: Clause = { bool: { must_not: [{ term: { status: 'deleted' } }] } };

/** @returns null where nothing can match. */
export function filterClause(organization: OrganizationId, filter: PaymentFilter): Clause | null {
  const text = filter.text === null ? null : textQueryOf(filter.text);
  if (filter.text !== null && text === null) return null;
  if (filter.maxAmount !== null && filter.maxAmount < 0n) return null;
  return allOf(organization, [
    filter.statuses.length === 0 ? notDeleted : { terms: { status: filter.statuses } },
    ...(filter.currencies.length === 0 ? [] : [{ terms: { currency: filter.currencies } }]),
    ...amounts(filter),
    ...within('created', filter.created),
    ...within('updated', filter.updated),
    ...within('processed', filter.processed),
    ...equal('reference', filter.reference),
    ...equal('user', filter.userId),
    ...equal('workflow', filter.workflowId),
    ...equal('resources', filter.resourceId),
    ...equal('customers', filter.customer),
    ...Object.entries(filter.metadata).map(([key, value]) => ({ term: { metadata: metadataTerm(key, value) } })),
    ...(text === null ? [] : [...text.words.map((word) => ({ term: { tokens: word } })), startsWith(text.prefix)]),
  ]);
}

/** All of the clauses, about payments of the organization. */
export function allOf(organization: OrganizationId, clauses: readonly Clause[]): Clause {
  return { bool: { filter: [{ term: { organization } }, ...clauses] } };
}

/** `from` is included, `to` is not. */
export function within(field: string, { from, to }: TimeRange): readonly Clause[] {
  if (from === null && to === null) return [];
  return [{ range: { [field]: { ...(from !== null && { gte: from }), ...(to !== null && { lt: to }) } } }];
}

function startsWith(prefix: string): Clause {
  return { prefix: { tokens: prefix } };
}

function equal(field: string, value: string | null): readonly Clause[] {
  return value === null ? [] : [{ term: { [field]: value } }];
}

function amounts({ minAmount, maxAmount }: PaymentFilter): readonly Clause[] {
  const least = minAmount !== null && minAmount > 0n ? { gte: amountDigits(minAmount) } : null;
  const most = maxAmount === null ? null : { lte: amountDigits(maxAmount) };
  return least === null && most === null ? [] : [{ range: { amount: { ...least, ...most } } }];
}
