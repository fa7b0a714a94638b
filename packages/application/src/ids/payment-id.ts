// The id of a payment: it follows from the reference where there is one, so that a reference belongs to one payment.

import { createHash } from 'node:crypto';
import { parsePaymentId, type OrganizationId, type PaymentId } from '@paystrata/domain';
import type { Ids } from '../ports/ids.ts';

/** UUIDv8 of the SHA-256 over organization and reference with a reference, else a UUIDv7. */
export function paymentIdFor(organizationId: OrganizationId, reference: string | null, ids: Ids): PaymentId {
  return validated(reference === null ? ids.next() : uuidV8(`${organizationId}\n${reference}`));
}

/** The id of the `index`th payment of several that are made at once, where the first id was chosen beforehand. */
export function paymentIdWithin(chosen: PaymentId, index: number): PaymentId {
  // No reference holds a NUL, so this is never the id of one.
  return validated(uuidV8(`${chosen}\0${index}`));
}

function validated(text: string): PaymentId {
  const id = parsePaymentId(text);
  if (id === undefined) throw new Error(`the Ids port made something that is not a UUID: ${text}`);
  return id;
}

/** RFC 9562, section 5.8: the first 16 bytes of the hash with version and variant set. */
function uuidV8(name: string): string {
  const digest = createHash('sha256').update(name, 'utf8').digest();
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
