// From the fields of a record to a payment, or to the first reason why it is none.

import { parseDecimal, type Currency, type OrganizationId } from '@paystrata/application';
import type { CsvRecord } from '../csv/parse-records.ts';
import type { ReadDate } from './calendar-date.ts';
import type { Columns, ColumnField } from './columns.ts';
import type { PaymentRow, RowCheck, RowRejection, SoundRow } from './new-payment-row.ts';
import { organizationSlug } from './organization-slug.ts';

export interface RowMapping {
  readonly columns: Columns;
  readonly currency: Currency;
  /** Of rows that name none themselves; null: the API key's. */
  readonly organizationId: OrganizationId | null;
  readonly readDate: ReadDate;
  /** The format that dates are read in, to tell of it. */
  readonly dateFormat: string;
  readonly settled: boolean;
  /** In minor units. */
  readonly maxAmount: bigint;
  /** Nothing can have come about later, in milliseconds. */
  readonly now: number;
  /** Names the file in the references of rows that have none: the first half of its SHA-256. */
  readonly fileId: string;
  /** False: some bytes of the file are not of its encoding, and read as U+FFFD. */
  readonly encodingSound: boolean;
}

export type MappedRow = SoundRow | RowRejection;

/** JSON carries no larger integer. */
export const LARGEST_AMOUNT = BigInt(Number.MAX_SAFE_INTEGER);

/** So many ids of organizations are kept: a file may name millions. */
const MOST_SLUGS = 10_000;

/** Makes the function that maps the records of one file; it keeps the ids of organizations it has met. */
export function rowMapper(mapping: RowMapping): (record: CsvRecord) => MappedRow {
  const slugs = new Map<string, OrganizationId>();
  const slugOf = (name: string): OrganizationId | undefined => {
    const known = slugs.get(name);
    if (known !== undefined) return known;
    const slug = organizationSlug(name);
    if (slug !== undefined && slugs.size < MOST_SLUGS) slugs.set(name, slug);
    return slug;
  };
  return (record) => mapRow(record, mapping, slugOf);
}

function mapRow(
  record: CsvRecord,
  mapping: RowMapping,
  slugOf: (name: string) => OrganizationId | undefined,
): MappedRow {
  const { line, fields } = record;
  const broken = shapeProblem(record, mapping);
  if (broken !== null) return { line, ...broken };
  const cell = (field: ColumnField): string => fields[mapping.columns.places[field] ?? -1]?.trim() ?? '';
  const named = mapping.columns.places.organization !== null;
  const organizationName = cell('organization');
  const organizationId = named ? slugOf(organizationName) : mapping.organizationId;
  if (organizationId === undefined) return { line, ...noOrganization(organizationName) };
  const amount = readAmount(cell('amount'), mapping);
  if (typeof amount !== 'bigint') return { line, ...amount };
  const date = mapping.columns.places.date === null ? null : readDate(cell('date'), mapping);
  if (date !== null && typeof date !== 'number') return { line, ...date };
  const payment: PaymentRow = {
    amount,
    currency: mapping.currency,
    reference: cell('reference') || `file:${mapping.fileId}:${line}`,
    ...optional('description', cell('description')),
    ...(cell('customer') === '' ? {} : { customer: { name: cell('customer') } }),
    ...(named ? { metadata: { organizationName } } : {}),
    settled: mapping.settled,
    ...(date === null ? {} : { createdAt: new Date(date).toISOString() }),
  };
  return { line, organizationId, payment };
}

interface Problem {
  readonly code: RowCheck;
  readonly message: string;
}

const problem = (code: RowCheck, message: string): Problem => ({ code, message });

function shapeProblem({ fields, problem: broken }: CsvRecord, { columns, encodingSound }: RowMapping): Problem | null {
  if (broken !== null) return problem('row_malformed', broken);
  if (fields.every((field) => field.trim() === '')) return problem('row_empty', 'all fields are empty');
  const { length } = columns.header;
  if (fields.length !== length) {
    return problem('row_malformed', `the row has ${counted(fields.length)}, the header has ${length}`);
  }
  if (fields.some((field) => field.includes('\0'))) return problem('row_malformed', 'a field holds a NUL character');
  if (!encodingSound && fields.some((field) => field.includes('\uFFFD'))) {
    return problem('row_malformed', 'a field holds bytes that are not UTF-8; --encoding windows-1252 reads any byte');
  }
  return null;
}

function noOrganization(name: string): Problem {
  if (name === '') return problem('organization_missing', 'the organization is empty');
  return problem(
    'organization_missing',
    `no id can be made of the organization ${quoted(name)}: it has none of a-z, 0-9`,
  );
}

function readAmount(text: string, { currency, maxAmount }: RowMapping): bigint | Problem {
  const amount = parseDecimal(text, currency);
  if (amount === 'amount_missing') return problem(amount, 'the amount is empty');
  if (amount === 'amount_malformed') {
    return problem(amount, `${quoted(text)} is not an amount; one is written like 1234.50 or 1,234.50`);
  }
  if (amount === 'amount_too_precise') return problem(amount, `${quoted(text)} has more decimals than ${currency} has`);
  if (amount.amount <= 0n) return problem('amount_not_positive', `an amount must be above 0, it is ${text}`);
  const most = maxAmount < LARGEST_AMOUNT ? maxAmount : LARGEST_AMOUNT;
  if (amount.amount > most) {
    return problem('amount_too_large', `an amount may be at most ${most} minor units, it is ${amount.amount}`);
  }
  return amount.amount;
}

function readDate(text: string, { readDate: read, dateFormat, now }: RowMapping): number | Problem {
  if (text === '') return problem('date_malformed', 'the date is empty');
  const date = read(text);
  if (date === undefined) return problem('date_malformed', `${quoted(text)} is not a day written as ${dateFormat}`);
  if (date > now) return problem('date_malformed', `${quoted(text)} is in the future`);
  return date;
}

function optional<Key extends string>(key: Key, value: string): Partial<Record<Key, string>> {
  return value === '' ? {} : ({ [key]: value } as Record<Key, string>);
}

/** Enough of a cell to find it by. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function counted(count: number): string {
  return count === 1 ? '1 field' : `${count} fields`;
}
