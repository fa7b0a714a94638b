// Payments as people read them.

import type { PaymentView } from '@paystrata/application';
import { shownAmount } from './amounts.ts';
import { columnsTable, fieldsTable, type TableColumn } from './columns-table.ts';
import { shownInstant } from './instants.ts';

const columns: readonly TableColumn<PaymentView>[] = [
  { heading: 'ID', cell: ({ id }) => id },
  { heading: 'STATUS', cell: ({ status, needsReview }) => (needsReview ? `${status} (review)` : status) },
  { heading: 'AMOUNT', align: 'right', cell: ({ amount, currency }) => shownAmount(amount, currency) },
  { heading: 'CREATED', cell: ({ createdAt }) => shownInstant(createdAt) },
  { heading: 'REFERENCE', most: 30, cell: ({ reference }) => reference ?? '' },
  { heading: 'CUSTOMER', most: 40, cell: ({ customer }) => customer?.name ?? customer?.email ?? '' },
];

/** One line a payment. */
export function paymentsTable(payments: readonly PaymentView[]): string {
  return columnsTable(columns, payments);
}

/** Everything about one payment; what is not there is left out. */
export function paymentDetails(payment: PaymentView): string {
  const { currency, customer, failure } = payment;
  const fields: [string, string | null][] = [
    ['id', payment.id],
    ['organization', payment.organizationId],
    ['status', payment.needsReview ? `${payment.status}, waits for a person to settle it` : payment.status],
    ['amount', shownAmount(payment.amount, currency)],
    ['captured', payment.captured === 0 ? null : shownAmount(payment.captured, currency)],
    ['refunded', payment.refunded === 0 ? null : shownAmount(payment.refunded, currency)],
    ['failure', failure && `${failure.code}${failure.retryable ? ', may be tried again' : ''}`],
    ['reference', payment.reference],
    ['description', payment.description],
    ['customer', customer && [customer.name, customer.email].filter((each) => each !== null).join(', ')],
    ['user', payment.userId],
    ['workflow', payment.workflowId],
    ['resources', payment.resourceIds.join(', ') || null],
    ...Object.entries(payment.metadata).map(([key, value]): [string, string] => [`metadata ${key}`, value]),
    ...payment.attempts.map((item): [string, string] => [`attempt ${item.id}`, itemLine(item, item.method)]),
    ...payment.refunds.map((item): [string, string] => [`refund ${item.id}`, itemLine(item, item.reason ?? '')]),
    ['version', String(payment.version)],
    ['created', shownInstant(payment.createdAt)],
    ['updated', shownInstant(payment.updatedAt)],
    ['processed', payment.processedAt && shownInstant(payment.processedAt)],
  ];
  return fieldsTable(
    fields.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value] as const])),
  );
}

type Item = PaymentView['attempts'][number] | PaymentView['refunds'][number];

function itemLine(item: Item, about: string): string {
  const parts = [item.status, shownAmount(item.amount, item.currency), about, item.failure?.code, item.parked?.reason];
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}
