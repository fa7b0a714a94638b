// A row of a file that can be imported, and the reasons why one cannot.

import type { OrganizationId } from '@paystrata/application';

/** What is sent of one payment; amounts in minor units. The shape of the application's import rows. */
export interface PaymentRow {
  readonly amount: bigint;
  readonly currency: string;
  readonly reference: string;
  readonly description?: string;
  readonly customer?: { readonly name: string };
  readonly metadata?: Readonly<Record<string, string>>;
  readonly settled: boolean;
  /** RFC 3339. */
  readonly createdAt?: string;
}

export interface SoundRow {
  readonly line: number;
  /** Null: that of the API key. */
  readonly organizationId: OrganizationId | null;
  readonly payment: PaymentRow;
}

/** In the order in which they are looked for: the first that applies names the refusal. */
export const rowChecks = [
  'row_empty',
  'row_malformed',
  'organization_missing',
  'amount_missing',
  'amount_malformed',
  'amount_too_precise',
  'amount_not_positive',
  'amount_too_large',
  'date_malformed',
  'reference_conflict',
] as const;

export type RowCheck = (typeof rowChecks)[number];

/** Why a row was refused. Besides the checks of rows, `code` may be a rejection of the domain, such as `field_too_long`. */
export interface RowRejection {
  readonly line: number;
  readonly code: string;
  readonly message: string;
}
