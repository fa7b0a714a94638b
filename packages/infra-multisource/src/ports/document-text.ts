// The stored form of a payment's document, the same in every source.

import { decodePayment, encodePayment, PortFailure, type PaymentDocument } from '@paystrata/application';
import type { OrganizationId, PaymentId } from '@paystrata/domain';
import { z } from 'zod';
import { fingerprintOf } from './document-fingerprint.ts';
import type { SourceDocument } from './source.ts';

const schema = z.strictObject({ state: z.string(), personal: z.unknown(), position: z.int().min(1) });

/** The document as every source gets it. Its text and fingerprint are made once, when first asked for. */
export function sourceDocument(document: PaymentDocument): SourceDocument {
  return new MadeDocument(document);
}

class MadeDocument implements SourceDocument {
  readonly organizationId: OrganizationId;
  readonly paymentId: PaymentId;
  readonly document: PaymentDocument;
  readonly revision: number;
  #text: string | null = null;
  #fingerprint: number | null = null;

  constructor(document: PaymentDocument) {
    this.organizationId = document.payment.organizationId;
    this.paymentId = document.payment.id;
    this.document = document;
    this.revision = revisionOf(document);
  }

  get text(): string {
    this.#text ??= textOf(this.document);
    return this.#text;
  }

  get fingerprint(): number {
    this.#fingerprint ??= fingerprintOf(this.document);
    return this.#fingerprint;
  }
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

function textOf({ payment, position }: PaymentDocument): string {
  return JSON.stringify({ state: encodePayment(payment), personal: payment.personal, position });
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
