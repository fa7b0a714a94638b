// For tests: payments as they come, without the events that led to them.

import {
  instantOf,
  money,
  noPersonalData,
  parseCurrency,
  parseOrganizationId,
  parsePaymentId,
  parseSubjectId,
  type Currency,
  type Payment,
  type PaymentId,
} from '@paystrata/domain';
import { known } from '../../testing/known.ts';
import type { PaymentDocument } from '../answers.ts';

export const acme = known(parseOrganizationId('acme'));
export const currencyOf = (code: string): Currency => known(parseCurrency(code));
export const instant = (text: string) => instantOf(Date.parse(text));

/** The id with that number; ids are in the order of their numbers. */
export function idOf(number: number): PaymentId {
  return known(parsePaymentId(`01980000-0000-7000-8000-${String(number).padStart(12, '0')}`));
}

/** A pending payment of 100 EUR cents, with what the test changes. */
export function samplePayment(change: Partial<Payment> & { readonly number?: number } = {}): Payment {
  const { number = 1, ...rest } = change;
  const id = idOf(number);
  return {
    id,
    organizationId: acme,
    status: 'pending',
    amount: money(100n, currencyOf('EUR')),
    captured: 0n,
    refunded: 0n,
    reference: null,
    userId: null,
    workflowId: null,
    resourceIds: [],
    subject: known(parseSubjectId(id)),
    personal: noPersonalData,
    personalErased: false,
    attempts: [],
    refunds: [],
    failure: null,
    imported: false,
    version: 1,
    size: 100,
    createdAt: instant('2026-01-15T12:00:00Z'),
    updatedAt: instant('2026-01-15T12:00:00Z'),
    processedAt: null,
    failedAt: null,
    refundedAt: null,
    ...rest,
  };
}

export function documentsOf(payments: readonly Payment[]): readonly PaymentDocument[] {
  return payments.map((payment, index) => ({ payment, position: index + 1 }));
}
