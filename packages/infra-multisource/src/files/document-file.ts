// A document as a file: what it is, the state, the personal part sealed, and a checksum over all of it.

import { createHash } from 'node:crypto';
import {
  decodePayment,
  encodePayment,
  openPersonal,
  keyIdOf,
  PortFailure,
  sealPersonal,
  type Keyring,
  type PaymentDocument,
  type SealedPlace,
} from '@paystrata/application';
import { noPersonalData, parseOrganizationId, parseSubjectId, type Payment } from '@paystrata/domain';
import { z } from 'zod';
import type { SourceDocument } from '../ports/source.ts';

/** Raised with any change of the form: a file of another format is not read, and written again by a repair. */
const FORMAT = 1;

const headerSchema = z.object({
  format: z.literal(FORMAT),
  organizationId: z.string().transform((id) => parseOrganizationId(id)),
  paymentId: z.string(),
  subject: z.string().transform((subject) => parseSubjectId(subject)),
  version: z.int(),
  revision: z.int(),
  fingerprint: z.int(),
  position: z.int(),
});

/** What a file says of its document. */
export type DocumentHeader = z.output<typeof headerSchema>;

/** A file that is whole. */
export interface DocumentFile {
  readonly header: DocumentHeader;
  readonly state: string;
  readonly sealed: string;
}

/** The text of the file. Personal data is in it as ciphertext, which is lost with the key of its subject. */
export async function documentFileText(source: SourceDocument, keyring: Keyring): Promise<string> {
  const { payment, position } = source.document;
  const { organizationId, paymentId, revision, fingerprint } = source;
  const { subject, version } = payment;
  const header = { format: FORMAT, organizationId, paymentId, subject, version, revision, fingerprint, position };
  const state = encodePayment({ ...payment, personal: noPersonalData });
  const text = [JSON.stringify(header), state, await sealedPartOf(payment, keyring), ''].join('\n');
  return `${text}${checksumOf(text)}\n`;
}

/** @returns null for what is no whole file of this format: torn, damaged, or of another release. */
export function parseDocumentFile(text: string): DocumentFile | null {
  const [first = '', state = '', sealed = '', checksum, end, ...more] = text.split('\n');
  if (end !== '' || more.length > 0 || checksumOf(`${first}\n${state}\n${sealed}\n`) !== checksum) return null;
  const header = headerSchema.safeParse(jsonOf(first));
  return header.success ? { header: header.data, state, sealed } : null;
}

/**
 * The document. Where the key of its subject was destroyed, it is as it is after the erasure.
 *
 * @returns null for one that another release wrote.
 * @throws PortFailure `STORE_DAMAGED`
 */
export async function openDocument(file: DocumentFile, keyring: Keyring): Promise<PaymentDocument | null> {
  const { header, state, sealed } = file;
  const payment = decodePayment(state, sealed === '' ? null : await openedPart(header, sealed, keyring));
  return payment && { payment, position: header.position };
}

async function sealedPartOf(payment: Payment, keyring: Keyring): Promise<string> {
  const { personal, organizationId, subject } = payment;
  const { customer, description, metadata } = personal;
  if (customer === null && description === null && Object.keys(metadata).length === 0) return '';
  const key = await keyring.keyFor(organizationId, subject);
  return sealPersonal(personal, placeOf(organizationId, payment.id, payment.version), key);
}

async function openedPart(header: DocumentHeader, sealed: string, keyring: Keyring): Promise<unknown> {
  const { organizationId, subject, paymentId, version } = header;
  const keyId = keyIdOf(sealed);
  if (organizationId === undefined || subject === undefined || keyId === undefined) {
    throw new PortFailure('STORE_DAMAGED', `the file of payment ${paymentId} is damaged: repair the source`);
  }
  const key = await keyring.find(organizationId, subject, keyId);
  return key && openPersonal(sealed, placeOf(organizationId, paymentId, version), key);
}

function placeOf(organizationId: string, paymentId: string, version: number): SealedPlace {
  return { kind: 'payment', organizationId, paymentId, id: paymentId, version };
}

function checksumOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
