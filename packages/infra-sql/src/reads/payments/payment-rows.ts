// What is written of a payment: its row, what it is found by, what it suggests and what it adds to the sums.

import { hash } from 'node:crypto';
import {
  encodePayment,
  foldText,
  paymentTokens,
  suggestionFields,
  suggestionTexts,
  type PaymentDocument,
  type SuggestionField,
} from '@paystrata/application';
import { dueEffects, noPersonalData, type Payment, type PersonalData } from '@paystrata/domain';
import type { RowOf } from '../database/table.ts';
import { partsOf } from './exact-amounts.ts';
import type { documents, payments } from './payment-tables.ts';
import { bucketsHolding } from './time-levels.ts';

/** What of a payment can be one of several. */
type TermKind = 'token' | 'customer' | 'resource' | 'metadata';

export interface Term {
  readonly kind: TermKind;
  readonly term: string;
}

/** Code points of a folded text that are in the key. */
const START_LENGTH = 32;

export function paymentRow({ payment, position }: PaymentDocument, row: number): RowOf<typeof payments> {
  const { personal } = payment;
  const failed = payment.captured === 0n ? payment.failure : null;
  return {
    row,
    organization: payment.organizationId,
    id: payment.id,
    version: payment.version,
    position,
    status: payment.status,
    currency: payment.amount.currency,
    ...partsOf('amount', payment.amount.amount),
    ...partsOf('captured', payment.captured),
    ...partsOf('refunded', payment.refunded),
    created_at: payment.createdAt,
    updated_at: payment.updatedAt,
    processed_at: payment.processedAt,
    reference: payment.reference,
    user_id: payment.userId,
    workflow_id: payment.workflowId,
    customer: personal.customer?.name ?? personal.customer?.email ?? null,
    failure: failed?.code ?? null,
    took: payment.imported || payment.processedAt === null ? null : payment.processedAt - payment.createdAt,
    waiting: dueEffects(payment).length > 0 ? 1 : 0,
    tokens: ` ${paymentTokens(payment).join(' ')} `,
  };
}

export function documentRow({ payment }: PaymentDocument, row: number): RowOf<typeof documents> {
  const { personal } = payment;
  return {
    row,
    state: encodePayment({ ...payment, personal: noPersonalData }),
    personal: isEmpty(personal) ? null : JSON.stringify(personal),
  };
}

export function termsOf(payment: Payment): readonly Term[] {
  const { id, subject, personal, resourceIds } = payment;
  const customers = [
    personal.customer?.name,
    personal.customer?.email,
    String(subject) === String(id) ? null : subject,
  ];
  return [
    ...paymentTokens(payment).map((term): Term => ({ kind: 'token', term })),
    ...[...new Set(customers)].flatMap((term): readonly Term[] =>
      typeof term === 'string' ? [{ kind: 'customer', term }] : [],
    ),
    ...[...new Set(resourceIds)].map((term): Term => ({ kind: 'resource', term })),
    ...Object.entries(personal.metadata).map(([key, value]): Term => metadataTerm(key, value)),
  ];
}

/** A digest: a value may be longer than an index takes. */
export function metadataTerm(key: string, value: string): Term {
  return { kind: 'metadata', term: hash('sha256', JSON.stringify([key, value]), 'base64url').slice(0, 22) };
}

export interface SuggestedText {
  readonly field: SuggestionField;
  readonly text: string;
  readonly folded: string;
  readonly start: string;
}

/** Deleted payments suggest nothing. */
export function suggestedTexts(payment: Payment): readonly SuggestedText[] {
  if (payment.status === 'deleted') return [];
  return suggestionFields.flatMap((field) =>
    [...suggestionTexts(payment, field)].map((text) => {
      const folded = foldText(text);
      return { field, text, folded, start: startOf(folded) };
    }),
  );
}

export function startOf(folded: string): string {
  return folded.length <= START_LENGTH ? folded : [...folded].slice(0, START_LENGTH).join('');
}

type SumInstant = 'created' | 'processed';

/** One place in the sums that a payment counts in. */
export interface SumPlace {
  readonly instant: SumInstant;
  readonly level: number;
  readonly bucket: number;
}

export function sumPlaces({ createdAt, processedAt }: Payment): readonly SumPlace[] {
  const created = bucketsHolding(createdAt).map((bucket): SumPlace => ({ instant: 'created', ...bucket }));
  if (processedAt === null) return created;
  return [...created, ...bucketsHolding(processedAt).map((bucket): SumPlace => ({ instant: 'processed', ...bucket }))];
}

function isEmpty({ customer, description, metadata }: PersonalData): boolean {
  return customer === null && description === null && Object.keys(metadata).length === 0;
}
