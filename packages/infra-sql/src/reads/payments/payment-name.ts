// The name of a payment among those of all organizations: two of them may have one each with the same id.

import type { PaymentKey } from '@paystrata/application';
import { text, type Row } from '../../rows.ts';

export function nameOf({ organizationId, paymentId }: PaymentKey): string {
  return `${organizationId}/${paymentId}`;
}

/** Of a row of the table of payments. */
export function nameOfRow(row: Row): string {
  return `${text(row, 'organization')}/${text(row, 'id')}`;
}
