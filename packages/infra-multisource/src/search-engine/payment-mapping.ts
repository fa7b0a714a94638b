// How a payment is kept in the index: explicit, strict, our own tokens; the engine analyzes nothing.

import { hash } from 'node:crypto';
import {
  foldText,
  paymentTokens,
  suggestionFields,
  suggestionTexts,
  TOKENIZER_VERSION,
  type SuggestionField,
} from '@paystrata/application';
import type { Payment } from '@paystrata/domain';
import type { SourceDocument } from '../ports/source.ts';
import { amountDigits, amountNames, partFields, partsOf } from './amount-fields.ts';

/** Raise the first number with any change of the mapping or of what fields hold: a new index is filled then. */
export const INDEX_FORMAT = 2 * 1000 + TOKENIZER_VERSION;

const keyword = { type: 'keyword' } as const;
/** Looked for, never sorted by or counted. */
const term = { type: 'keyword', doc_values: false } as const;
const long = { type: 'long' } as const;
/** Counted and added up, never looked for. */
const sum = { type: 'long', index: false } as const;

export const paymentMapping = {
  dynamic: 'strict',
  // The other fields are in the index; a rebuild makes them from SQL.
  _source: { includes: ['text', 'held', 'reach'] },
  _routing: { required: true },
  properties: {
    organization: keyword,
    id: keyword,
    revision: { type: 'long', index: false },
    fingerprint_high: sum,
    fingerprint_low: sum,
    status: keyword,
    currency: keyword,
    amount: keyword,
    ...Object.fromEntries(amountNames.flatMap(partFields).map((field) => [field, sum])),
    captured: { type: 'boolean' },
    created: long,
    updated: long,
    processed: long,
    reference: term,
    user: term,
    workflow: term,
    resources: term,
    customers: term,
    /** By which analytics name the customer. */
    customer: keyword,
    metadata: term,
    tokens: term,
    suggestions: keyword,
    /** Why nothing was captured. */
    failure: keyword,
    /** From created to completed, where that says something. */
    took: long,
    text: { type: 'keyword', index: false, doc_values: false },
    held: sum,
    reach: sum,
  },
} as const;

/** A field holds the high 16 bits, another one the low 16 bits: sums of them stay below 2^53. */
const HALF = 0x10000;

/** The fields of a document. */
export function indexedDocument(source: SourceDocument): object {
  const { payment } = source.document;
  const { customer } = payment.personal;
  return {
    organization: source.organizationId,
    id: source.paymentId,
    revision: source.revision,
    fingerprint_high: Math.floor(source.fingerprint / HALF),
    fingerprint_low: source.fingerprint % HALF,
    status: payment.status,
    currency: payment.amount.currency,
    amount: amountDigits(payment.amount.amount),
    ...partsOf('amount', payment.amount.amount),
    ...partsOf('captured', payment.captured),
    ...partsOf('refunded', payment.refunded),
    captured: payment.captured > 0n,
    created: payment.createdAt,
    updated: payment.updatedAt,
    ...given('processed', payment.processedAt),
    ...given('reference', payment.reference),
    ...given('user', payment.userId),
    ...given('workflow', payment.workflowId),
    resources: payment.resourceIds,
    customers: customersOf(payment),
    ...given('customer', customer?.name ?? customer?.email ?? null),
    metadata: Object.entries(payment.personal.metadata).map(([key, value]) => metadataTerm(key, value)),
    tokens: paymentTokens(payment),
    suggestions: suggestionsOf(payment),
    ...given('failure', payment.captured === 0n && payment.failure !== null ? payment.failure.code : null),
    ...given('took', payment.imported || payment.processedAt === null ? null : payment.processedAt - payment.createdAt),
    text: source.text,
  };
}

/** The fingerprint, or the sum of many, from its halves. */
export function fingerprintFrom(high: number, low: number): number {
  return high * HALF + low;
}

/** A digest: a pair is looked for whole, and a value may be long. */
export function metadataTerm(key: string, value: string): string {
  return hash('sha256', JSON.stringify([key, value]), 'base64url').slice(0, 22);
}

/** No text has it. */
const SEPARATOR = '\0';

/** What terms of suggestions begin with that complete a folded prefix. */
export function suggestionStart(field: SuggestionField, folded: string): string {
  return `${field}${SEPARATOR}${folded}`;
}

/** The text of a suggestion, as it is written. */
export function suggestedText(term: string): string {
  return term.slice(term.lastIndexOf(SEPARATOR) + 1);
}

/** Deleted payments suggest nothing. */
function suggestionsOf(payment: Payment): readonly string[] {
  if (payment.status === 'deleted') return [];
  return suggestionFields.flatMap((field) =>
    [...suggestionTexts(payment, field)].map((text) => `${suggestionStart(field, foldText(text))}${SEPARATOR}${text}`),
  );
}

/** The subject is the customer's id, unless there is none: then it is the payment's. */
function customersOf({ id, subject, personal }: Payment): readonly string[] {
  const ids = String(subject) === String(id) ? [] : [subject];
  return [personal.customer?.name, personal.customer?.email, ...ids].filter((text) => typeof text === 'string');
}

function given(name: string, value: string | number | null): object {
  return value === null ? {} : { [name]: value };
}
