// Finds the columns that the flags name in the header of the file.

import { UsageError } from '../errors/usage-error.ts';

/** Each field of a payment that a column can be named for, with the flag that names it. */
export const columnFlags = {
  amount: '--amount-column',
  organization: '--organization-column',
  reference: '--reference-column',
  date: '--date-column',
  description: '--description-column',
  customer: '--customer-column',
} as const;

export type ColumnField = keyof typeof columnFlags;
/** The name of a column for each field; null where the file says nothing of it. */
export type ColumnNames = Readonly<Record<ColumnField, string | null>>;

export interface Columns {
  /** As they stand in the file. */
  readonly header: readonly string[];
  /** The place of the column for each field; null where there is none. */
  readonly places: Readonly<Record<ColumnField, number | null>>;
}

/** @throws UsageError that lists the columns there are, for one that is not among them or is there twice. */
export function findColumns(header: readonly string[], names: ColumnNames, path: string): Columns {
  const place = (field: ColumnField): number | null => {
    const name = names[field];
    return name === null ? null : placeOf(name, columnFlags[field], header, path);
  };
  return {
    header,
    places: {
      amount: place('amount'),
      organization: place('organization'),
      reference: place('reference'),
      date: place('date'),
      description: place('description'),
      customer: place('customer'),
    },
  };
}

function placeOf(name: string, flag: string, header: readonly string[], path: string): number {
  const names = header.map((column) => column.trim());
  const place = names.indexOf(name.trim());
  if (place === -1) throw new UsageError(`${path} has no column "${name}" (${flag})`, `it has: ${listed(header)}`);
  if (names.includes(name.trim(), place + 1)) {
    throw new UsageError(`${path} has the column "${name}" (${flag}) more than once`, `it has: ${listed(header)}`);
  }
  return place;
}

function listed(header: readonly string[]): string {
  const names = header.map((column) => JSON.stringify(column)).join(', ');
  return header.length > 1 ? names : `${names} only; are its fields separated by commas?`;
}
