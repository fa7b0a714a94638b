// A document as a line of a file: what it is, the state, and the personal part sealed.

import {
  decodePayment,
  encodePayment,
  openPersonal,
  keyIdOf,
  PortFailure,
  sealPersonal,
  type Keyring,
  type PaymentDocument,
  type PaymentKey,
  type SealedPlace,
} from '@paystrata/application';
import { noPersonalData, parseOrganizationId, parsePaymentId, parseSubjectId, type Payment } from '@paystrata/domain';
import { z } from 'zod';
import type { SourceDocument } from '../ports/source.ts';

/** Raised with any change of the form: a line of another format is not read. */
const FORMAT = 2;
const REVISION_DIGITS = 16;
const FINGERPRINT_DIGITS = 8;

/** A line, without its end. They are kept in the order of `name`, compared as texts. */
export interface Line {
  readonly name: string;
  readonly revision: number;
  readonly text: string;
}

const headerSchema = z.object({
  format: z.literal(FORMAT),
  subject: z.string().transform((subject) => parseSubjectId(subject)),
  version: z.int(),
  position: z.int(),
});

/** Orders by organization, then by id. */
export function nameOf({ organizationId, paymentId }: { organizationId: string; paymentId: string }): string {
  return `${organizationId}/${paymentId}`;
}

/** Personal data is in it as ciphertext, which is lost with the key of its subject. */
export async function lineOf(source: SourceDocument, keyring: Keyring): Promise<Line> {
  const { payment, position } = source.document;
  const { revision, fingerprint } = source;
  const name = nameOf(source);
  const header = JSON.stringify({ format: FORMAT, subject: payment.subject, version: payment.version, position });
  const body = [header, encodePayment({ ...payment, personal: noPersonalData }), await sealedPartOf(payment, keyring)];
  const digits = revision.toString().padStart(REVISION_DIGITS, '0');
  const hex = fingerprint.toString(16).padStart(FINGERPRINT_DIGITS, '0');
  return { name, revision, text: `${name} ${digits} ${hex} ${body.join('\t')}` };
}

/** Only what it is about. */
export function parseLine(text: string): Line {
  const end = text.indexOf(' ');
  const revision = Number(text.slice(end + 1, end + 1 + REVISION_DIGITS));
  if (end < 0 || !Number.isSafeInteger(revision)) throw damaged('a line of a file of documents is none');
  return { name: text.slice(0, end), revision, text };
}

export function fingerprintOf({ name, text }: Line): number {
  const at = name.length + REVISION_DIGITS + 2;
  return Number.parseInt(text.slice(at, at + FINGERPRINT_DIGITS), 16);
}

/** @throws PortFailure `STORE_DAMAGED` */
export function keyOf({ name }: Line): PaymentKey {
  const [organization = '', payment = ''] = name.split('/');
  const [organizationId, paymentId] = [parseOrganizationId(organization), parsePaymentId(payment)];
  if (organizationId === undefined || paymentId === undefined) throw damaged(`${name} is the name of no payment`);
  return { organizationId, paymentId };
}

/**
 * The document. Where the key of its subject was destroyed, it is as it is after the erasure.
 *
 * @returns null for one that another release wrote.
 * @throws PortFailure `STORE_DAMAGED`
 */
export async function openLine(line: Line, keyring: Keyring): Promise<PaymentDocument | null> {
  const body = line.text.slice(line.name.length + REVISION_DIGITS + FINGERPRINT_DIGITS + 3);
  const [first = '', state = '', sealed = ''] = body.split('\t');
  const parsed = headerSchema.safeParse(jsonOf(first));
  if (!parsed.success) return null;
  const { subject, version, position } = parsed.data;
  const place = { ...keyOf(line), version };
  const payment = decodePayment(state, sealed === '' ? null : await openedPart(sealed, subject, place, keyring));
  return payment && { payment, position };
}

async function sealedPartOf(payment: Payment, keyring: Keyring): Promise<string> {
  const { personal, organizationId, subject, id: paymentId, version } = payment;
  const { customer, description, metadata } = personal;
  if (customer === null && description === null && Object.keys(metadata).length === 0) return '';
  const key = await keyring.keyFor(organizationId, subject);
  return sealPersonal(personal, placeOf({ organizationId, paymentId, version }), key);
}

type VersionedKey = PaymentKey & { readonly version: number };

async function openedPart(
  sealed: string,
  subject: z.output<typeof headerSchema>['subject'],
  place: VersionedKey,
  keyring: Keyring,
): Promise<unknown> {
  const keyId = keyIdOf(sealed);
  if (subject === undefined || keyId === undefined) {
    throw damaged(`what the files say of payment ${place.paymentId} is damaged`);
  }
  const key = await keyring.find(place.organizationId, subject, keyId);
  return key && openPersonal(sealed, placeOf(place), key);
}

function placeOf({ organizationId, paymentId, version }: VersionedKey): SealedPlace {
  return { kind: 'payment', organizationId, paymentId, id: paymentId, version };
}

function damaged(what: string): PortFailure {
  return new PortFailure('STORE_DAMAGED', `${what}: repair the source`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
