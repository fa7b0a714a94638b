// Where rows go: a store in this process, a running API, or nowhere in a dry run.

import type { OrganizationId } from '@paystrata/application';
import type { PaymentRow } from './new-payment-row.ts';

/** What became of one row. */
export type RowOutcome =
  | { readonly kind: 'imported' }
  /** The reference was taken before, by a payment of the same amount and currency or of another. */
  | { readonly kind: 'exists'; readonly sameAmount: boolean }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

export interface ImportTarget {
  /**
   * Imports at most 1,000 rows of one organization: one outcome a row, in their order. A row that is refused takes no
   * other down. Throws where it is not known, or not so for all rows, what became of them.
   */
  importRows(organizationId: OrganizationId | null, rows: readonly PaymentRow[]): Promise<readonly RowOutcome[]>;
}

/** What is there under a reference. */
export interface KnownPayment {
  readonly amount: bigint;
  readonly currency: string;
}

/** Answers for each reference, in their order; null: no payment has it. */
export type FindReferences = (
  organizationId: OrganizationId | null,
  references: readonly string[],
) => Promise<readonly (KnownPayment | null)[]>;
