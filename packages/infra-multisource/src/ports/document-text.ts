// The stored form of a payment's document, the same in every source.

import { createHash } from 'node:crypto';
import { canonicalJson, decodePayment, encodePayment, PortFailure, type PaymentDocument } from '@paystrata/application';
import { z } from 'zod';
import type { SourceDocument } from './source.ts';

const schema = z.strictObject({ state: z.string(), personal: z.unknown(), position: z.int().min(1) });

/** The document as every source gets it. */
export function sourceDocument(document: PaymentDocument): SourceDocument {
  const { payment, position } = document;
  const { organizationId, id: paymentId, personal } = payment;
  const text = JSON.stringify({ state: encodePayment(payment), personal, position });
  // The order of keys in the text is that of whoever made the document.
  const fingerprint = createHash('md5').update(canonicalJson(document)).digest().readUInt32BE(0);
  return { organizationId, paymentId, document, revision: revisionOf(document), text, fingerprint };
}

/**
 * @returns null for a document that another release wrote: this source cannot tell.
 * @throws PortFailure `STORE_DAMAGED`
 */
export function decodeDocument(text: string): PaymentDocument | null {
  const parsed = schema.safeParse(jsonOf(text));
  if (!parsed.success) throw damaged(parsed.error);
  const { state, personal, position } = parsed.data;
  const payment = decodePayment(state, personal);
  return payment === null ? null : { payment, position };
}

/**
 * At one position a document changes only when personal data is erased, which leaves nothing personal: so that form is
 * the newer one. Whatever was read before an erasure stays behind what is read after it.
 */
export function revisionOf({ payment, position }: PaymentDocument): number {
  const { customer, description, metadata } = payment.personal;
  const isBare = customer === null && description === null && Object.keys(metadata).length === 0;
  return position * 2 + (isBare ? 1 : 0);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(error);
  }
}

function damaged(cause: unknown): PortFailure {
  return new PortFailure('STORE_DAMAGED', 'the stored document of a payment is damaged: repair the source', { cause });
}
