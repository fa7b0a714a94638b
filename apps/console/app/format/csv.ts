// Payments as CSV (RFC 4180), one line each, amounts as decimals.

import type { PaymentView } from '../api/types.ts';
import { toDecimal } from './money.ts';

const columns: Readonly<Record<string, (payment: PaymentView) => string>> = {
  id: ({ id }) => id,
  status: ({ status }) => status,
  amount: ({ amount, currency }) => toDecimal(amount, currency),
  captured: ({ captured, currency }) => toDecimal(captured, currency),
  refunded: ({ refunded, currency }) => toDecimal(refunded, currency),
  currency: ({ currency }) => currency,
  reference: ({ reference }) => reference ?? '',
  customer: ({ customer }) => customer?.name ?? '',
  email: ({ customer }) => customer?.email ?? '',
  description: ({ description }) => description ?? '',
  created: ({ createdAt }) => createdAt,
  updated: ({ updatedAt }) => updatedAt,
  failure: ({ failure }) => failure?.code ?? '',
};

export const csvHeader = `${Object.keys(columns).join(',')}\r\n`;

export function csvLine(payment: PaymentView): string {
  const fields = Object.values(columns).map((column) => quoted(column(payment)));
  return `${fields.join(',')}\r\n`;
}

/** A spreadsheet would run a text that begins like a formula. */
function quoted(field: string): string {
  const safe = /^[=+\-@\t\r]/.test(field) ? `'${field}` : field;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
