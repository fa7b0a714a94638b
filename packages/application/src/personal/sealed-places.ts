// What is sealed in an entry, and the places it is sealed for.

import type { PersonalData } from '@paystrata/domain';
import type { PaymentKey } from '../events/recorded-event.ts';
import type { StoredEvent } from '../events/stored-event.ts';
import { isImpersonal } from '../events/stored-event-encoding.ts';
import type { CommitEntry } from '../ports/payment-store.ts';
import type { SealedPlace } from './sealing.ts';

/** Seals a personal part for a place, with the key of the entry's subject. */
export type Seal = (personal: object, place: SealedPlace) => string;

/** For entries that hold nothing personal. */
export const nothingToSeal: Seal = (_personal, { paymentId }) => {
  throw new Error(`payment ${paymentId}: personal data turned up where none was seen`);
};

/** True where something of the entry has to be sealed. */
export function isPersonal({ events, payment }: CommitEntry): boolean {
  return events.some(({ type, data }) => {
    if (!('personal' in data) || data.personal === null) return false;
    return !isImpersonal(data.personal) || (type === 'PaymentUpdated' && !isImpersonal(payment.personal));
  });
}

interface Identity extends PaymentKey {
  readonly eventId: string;
  readonly version: number;
}

export function placeOf(
  kind: SealedPlace['kind'],
  { organizationId, paymentId, eventId: id, version }: Identity,
): SealedPlace {
  return { kind, organizationId, paymentId, id, version };
}

/** After a change the whole is sealed for the snapshot: the event holds only what changed. */
export function sealSnapshot(personal: PersonalData, event: Identity, seal: Seal): string | null {
  if (isImpersonal(personal)) return null;
  const place = placeOf('payment', event);
  return withPlace(place, seal(personal, place));
}

/** A snapshot is at another version than the event that it has its personal data from: the place goes with it. */
export function withPlace({ kind, id, version }: SealedPlace, sealed: string): string {
  return `${kind}/${id}/${version}/${sealed}`;
}

export function placedIn(
  { organizationId, paymentId }: PaymentKey,
  text: string,
): { place: SealedPlace; sealed: string } {
  const [kind, id = '', version, sealed = ''] = text.split('/');
  const place = { organizationId, paymentId, id, version: Number(version) };
  return { place: { kind: kind === 'payment' ? kind : 'event', ...place }, sealed };
}

/** The place is what the event says of itself: a part that was moved there does not open. */
export function sealedPartOf(
  { json }: StoredEvent,
  sealed: string,
): { sealed: string; place: SealedPlace; subject: string } {
  const { organizationId, paymentId, eventId, version, data } = json;
  const subject = typeof data === 'object' && data !== null && 'subject' in data ? data.subject : '';
  const place = {
    kind: 'event' as const,
    organizationId: String(organizationId),
    paymentId: String(paymentId),
    id: String(eventId),
    version: Number(version),
  };
  return { sealed, place, subject: String(subject) };
}
