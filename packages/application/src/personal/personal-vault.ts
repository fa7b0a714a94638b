// Between a durable store and its keyring: entries are sealed before they are written, and opened when they are read.

import {
  parseOrganizationId,
  noPersonalData,
  parseSubjectId,
  type OrganizationId,
  type Payment,
  type PersonalData,
  type SubjectId,
} from '@paystrata/domain';
import type { PaymentKey, RecordedEvent } from '../events/recorded-event.ts';
import { openStoredEvent, readStoredEvent } from '../events/stored-event.ts';
import { encodeEvent } from '../events/stored-event-encoding.ts';
import { decodePayment, encodePayment } from '../events/stored-payment.ts';
import type { Keyring, SubjectKey } from '../ports/keyring.ts';
import type { CommitEntry } from '../ports/payment-store.ts';
import {
  isPersonal,
  nothingToSeal,
  placedIn,
  placeOf,
  sealedPartOf,
  sealSnapshot,
  withPlace,
  type Seal,
} from './sealed-places.ts';
import { keyIdOf, openPersonal, sealDamaged, sealPersonal, type SealedPlace } from './sealing.ts';

/** An entry as it is written. */
export interface SealedEntry {
  readonly events: readonly string[];
  /** The snapshot, without what is personal in it. */
  readonly state: string;
  /** The sealed personal part of the snapshot; null where there is none, and where it is to be kept. */
  readonly sealed: string | null;
  /** True where the entry does not change the personal part: what is sealed of it stays as it is. */
  readonly keepSealed: boolean;
  /** The subject whose personal data the entry erases, where it does. */
  readonly erased: SubjectId | null;
  /** What of the payment is personal after the entry. Not for the database. */
  readonly personal: PersonalData;
}

async function personalAfter(
  { payment, events }: CommitEntry,
  before: () => Promise<PersonalData>,
): Promise<PersonalData> {
  if (!events.some(({ type }) => type === 'PaymentUpdated')) return payment.personal;
  return events.reduce(
    (personal, { type, data }) => {
      if (type === 'PersonalDataErased') return noPersonalData;
      return 'personal' in data ? { ...personal, ...data.personal } : personal;
    },
    await before(),
  );
}

/** An event as a store hands it out. */
export interface EventText {
  readonly position: number;
  readonly text: string;
}

/** A snapshot as a store hands it out. */
export interface Snapshot extends PaymentKey {
  readonly subject: string;
  readonly state: string;
  readonly sealed: string | null;
}

export class PersonalVault {
  readonly #keyring: Keyring;

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  /**
   * Seals what is personal in an entry. Most entries hold nothing personal: they need no key, and leave the sealed part
   * of the snapshot as it is.
   *
   * @param before what is stored of the payment's personal data, before the entry: what the decision was made upon may
   * have been erased since, with another payment of the subject. Read once the key is there: a key that was made after an
   * erasure never seals what was read before it.
   */
  async sealEntry(entry: CommitEntry, before: () => Promise<PersonalData>): Promise<SealedEntry> {
    const { payment, events } = entry;
    const seal = await this.#sealer(entry);
    const personal = await personalAfter(entry, before);
    let sealed: string | null = null;
    let keepSealed = true;
    let erased: SubjectId | null = null;
    const texts = events.map((event) => {
      if (event.type === 'PersonalDataErased') {
        erased = event.data.subject;
        sealed = null;
        keepSealed = false;
      }
      if (!('personal' in event.data)) return encodeEvent(event);
      keepSealed = false;
      const place = placeOf('event', event);
      let inEvent: string | null = null;
      const text = encodeEvent(event, (part) => (inEvent = seal(part, place)));
      sealed =
        event.type === 'PaymentUpdated' ? sealSnapshot(personal, event, seal) : inEvent && withPlace(place, inEvent);
      return text;
    });
    return { events: texts, state: encodePayment(payment), sealed, keepSealed, erased, personal };
  }

  /** The events in the order given, the personal data of erased subjects null. @throws PortFailure as they are read */
  async openEvents(texts: readonly EventText[]): Promise<readonly RecordedEvent[]> {
    const read = texts.map(({ text, position }) => {
      const stored = readStoredEvent(text, position);
      return { stored, part: stored.sealed === null ? null : sealedPartOf(stored, stored.sealed) };
    });
    // All at once: a keyring on a server answers them with one statement.
    const asked = new Map<string, Promise<SubjectKey | null>>();
    const keys = await Promise.all(
      read.map(async ({ part }) => part && (await this.#find(asked, part.place, part.subject, part.sealed))),
    );
    return read.map(({ stored, part }, index) => {
      const key = keys[index] ?? null;
      return part === null
        ? openStoredEvent(stored)
        : openStoredEvent(stored, () => key && openPersonal(part.sealed, part.place, key));
    });
  }

  /** @returns null for a snapshot of another release: fold the events instead. @throws PortFailure `STORE_DAMAGED` */
  async openPayment(snapshot: Snapshot): Promise<Payment | null> {
    const { state, subject } = snapshot;
    if (snapshot.sealed === null) return decodePayment(state, null);
    const { place, sealed } = placedIn(snapshot, snapshot.sealed);
    const key = await this.#find(new Map(), place, subject, sealed);
    return decodePayment(state, key && openPersonal(sealed, place, key));
  }

  /** Whether the key is there that the personal part of a snapshot was sealed with; true where nothing is sealed. */
  async hasKeyOf(snapshot: Snapshot): Promise<boolean> {
    if (snapshot.sealed === null) return true;
    const { place, sealed } = placedIn(snapshot, snapshot.sealed);
    return (await this.#find(new Map(), place, snapshot.subject, sealed)) !== null;
  }

  /** The id of the key that seals for the subject now; null where there is none. */
  currentKey(organizationId: OrganizationId, subject: SubjectId): Promise<string | null> {
    return this.#keyring.current(organizationId, subject);
  }

  /** Destroys that key of a subject, for ever; one that was made since stays. */
  destroy(organizationId: OrganizationId, subject: SubjectId, keyId: string): Promise<void> {
    return this.#keyring.destroy(organizationId, subject, keyId);
  }

  /** Asks for the key only where something is to be sealed. */
  async #sealer(entry: CommitEntry): Promise<Seal> {
    if (!isPersonal(entry)) return nothingToSeal;
    const key = await this.#keyring.keyFor(entry.organizationId, entry.payment.subject);
    return (personal, place) => sealPersonal(personal, place, key);
  }

  async #find(
    asked: Map<string, Promise<SubjectKey | null>>,
    place: SealedPlace,
    subject: string,
    sealed: string,
  ): Promise<SubjectKey | null> {
    const keyId = keyIdOf(sealed);
    const organizationId = parseOrganizationId(place.organizationId);
    const subjectId = parseSubjectId(subject);
    if (keyId === undefined || organizationId === undefined || subjectId === undefined) throw sealDamaged(place);
    const name = `${organizationId}/${subjectId}/${keyId}`;
    const key = asked.get(name) ?? this.#keyring.find(organizationId, subjectId, keyId);
    asked.set(name, key);
    return key;
  }
}
