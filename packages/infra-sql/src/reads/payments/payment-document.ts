// Documents as rows keep them, read back.

import { decodePayment, PortFailure, type PaymentDocument } from '@paystrata/application';
import { integer, text, textOrNull, type Row } from '../../rows.ts';

/** @throws PortFailure `STORE_DAMAGED` */
export function documentOf(row: Row): PaymentDocument {
  const personal = textOrNull(row, 'personal');
  const payment = decodePayment(text(row, 'state'), personal === null ? null : parsed(personal));
  if (payment === null) throw damaged('it is of another release');
  return { payment, position: integer(row, 'position') };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw damaged('its personal part is not JSON', cause);
  }
}

function damaged(problem: string, cause?: unknown): PortFailure {
  const message = `a document of the read model cannot be read: ${problem}; rebuild the read model`;
  return new PortFailure('STORE_DAMAGED', message, { cause });
}
