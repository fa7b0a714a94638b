// Between a durable store and its keyring: entries are sealed before they are written, and opened when they are read.

import {
  parseOrganizationId,
  parseSubjectId,
  type OrganizationId,
  type Payment,
  type SubjectId,
} from '@paystrata/domain';
import type { PaymentKey, RecordedEvent } from '../events/recorded-event.ts';
import { openStoredEvent, readStoredEvent, type StoredEvent } from '../events/stored-event.ts';
import { encodeEvent, isImpersonal } from '../events/stored-event-encoding.ts';
import { decodePayment, encodePayment } from '../events/stored-payment.ts';
import type { Keyring, SubjectKey } from '../ports/keyring.ts';
import type { CommitEntry } from '../ports/payment-store.ts';
import { keyIdOf, openPersonal, sealDamaged, sealPersonal, type SealedPlace } from './sealing.ts';

/** An entry as it is written. */
export interface SealedEntry {
  readonly events: readonly string[];
  readonly state: string;
  readonly sealed: string | null;
  /** The subject whose personal data the entry erases, where it does. */
  readonly erased: SubjectId | null;
}

/** An event as a store hands it out. */
export interface EventText {
  readonly position: number;
  readonly text: string;
}

/** A snapshot as a store hands it out. */
export interface Snapshot extends PaymentKey {
  readonly subject: string;
  readonly version: number;
  readonly state: string;
  readonly sealed: string | null;
}

export class PersonalVault {
  readonly #keyring: Keyring;

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  /** Seals what is personal in an entry. Once the subject's key was destroyed, such data is not stored at all. */
  async sealEntry(entry: CommitEntry): Promise<SealedEntry> {
    const { payment, events } = entry;
    const key = isPersonal(entry) ? await this.#keyring.keyFor(entry.organizationId, payment.subject) : null;
    const seal = (personal: object, place: SealedPlace) => key && sealPersonal(personal, place, key);
    const erasure = events.find((event) => event.type === 'PersonalDataErased');
    return {
      events: events.map((event) => encodeEvent(event, (personal) => seal(personal, placeOfEvent(event, event)))),
      ...encodePayment(payment, ({ personal }) => seal(personal, placeOfPayment(entry, payment.version))),
      erased: erasure?.data.subject ?? null,
    };
  }

  /** The events in the order given, the personal data of erased subjects null. @throws PortFailure as they are read */
  async openEvents(texts: readonly EventText[]): Promise<readonly RecordedEvent[]> {
    const keys = new Map<string, SubjectKey | null>();
    const events: RecordedEvent[] = [];
    for (const { text, position } of texts) {
      const stored = readStoredEvent(text, position);
      if (stored.sealed === null) {
        events.push(openStoredEvent(stored));
        continue;
      }
      const { sealed, place, subject } = sealedPartOf(stored, stored.sealed);
      const key = await this.#find(keys, place, subject, sealed);
      events.push(openStoredEvent(stored, () => key && openPersonal(sealed, place, key)));
    }
    return events;
  }

  /** @returns null for a snapshot of another release: fold the events instead. @throws PortFailure `STORE_DAMAGED` */
  async openPayment(snapshot: Snapshot): Promise<Payment | null> {
    const { sealed, state, subject, version } = snapshot;
    if (sealed === null) return decodePayment(state, null);
    const place = placeOfPayment(snapshot, version);
    const key = await this.#find(new Map(), place, subject, sealed);
    return decodePayment(state, key && openPersonal(sealed, place, key));
  }

  /** Destroys the key of a subject, for ever. */
  destroy(organizationId: OrganizationId, subject: SubjectId): Promise<void> {
    return this.#keyring.destroy(organizationId, subject);
  }

  async #find(
    known: Map<string, SubjectKey | null>,
    place: SealedPlace,
    subject: string,
    sealed: string,
  ): Promise<SubjectKey | null> {
    const keyId = keyIdOf(sealed);
    const organizationId = parseOrganizationId(place.organizationId);
    const subjectId = parseSubjectId(subject);
    if (keyId === undefined || organizationId === undefined || subjectId === undefined) throw sealDamaged(place);
    const name = `${organizationId}/${subjectId}/${keyId}`;
    let key = known.get(name);
    if (key === undefined) {
      key = await this.#keyring.find(organizationId, subjectId, keyId);
      known.set(name, key);
    }
    return key;
  }
}

function isPersonal({ payment, events }: CommitEntry): boolean {
  if (!isImpersonal(payment.personal)) return true;
  return events.some(({ data }) => 'personal' in data && data.personal !== null && !isImpersonal(data.personal));
}

function placeOfEvent(key: PaymentKey, event: { readonly eventId: string; readonly version: number }): SealedPlace {
  const { organizationId, paymentId } = key;
  return { kind: 'event', organizationId, paymentId, id: event.eventId, version: event.version };
}

function placeOfPayment({ organizationId, paymentId }: PaymentKey, version: number): SealedPlace {
  return { kind: 'payment', organizationId, paymentId, id: paymentId, version };
}

/** The place is what the event says of itself: a part that was moved there does not open. */
function sealedPartOf({ json }: StoredEvent, sealed: string): { sealed: string; place: SealedPlace; subject: string } {
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
