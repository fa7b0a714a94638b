// Makes the documents of a stretch of the log for the sources: folded from the events, or read from the record.

import { followDocument, type PaymentDocument, type PaymentKey, type RecordedEvent } from '@paystrata/application';
import type { OrganizationId, SubjectId } from '@paystrata/domain';
import { sourceDocument } from '../ports/document-text.ts';
import type { SourceDocument } from '../ports/source.ts';

/** The record, as far as documents are concerned. */
export interface DocumentRecord {
  /** The payment as it is now. */
  document(key: PaymentKey): Promise<PaymentDocument | null>;
  /** Payments of a subject with an event after the position, and the position up to which these are all. */
  ofSubject(organizationId: OrganizationId, subject: SubjectId, after: number): Promise<SubjectPayments>;
}

export interface SubjectPayments {
  readonly keys: readonly PaymentKey[];
  readonly position: number;
}

/**
 * By subject: the position of the record up to which all its payments were brought to a source after an erasure. What has
 * no event since then has nothing personal there: an erasure of many payments, which is an event each, looks at none of
 * them twice.
 */
export type Swept = ReadonlyMap<string, number>;

export interface Built {
  readonly documents: readonly SourceDocument[];
  /** True of a source once it has the documents. */
  readonly swept: Swept;
}

/** Documents that are remembered, so that the next event of a payment needs no look-up. */
const REMEMBERED = 4000;

/**
 * One for all relays of a process, wherever in the log each of them is: a document is folded, written as text and hashed
 * once. What it remembers was folded in the order of the log, and forgets a subject with the event that erases it; what
 * lies before an erasure that was seen is read from the record. So nothing personal that was read before comes back
 * after it.
 */
export class DocumentBuilder {
  readonly #record: DocumentRecord;
  /** In the order of their last use. */
  readonly #documents = new Map<string, SourceDocument>();
  #erasedAt = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(record: DocumentRecord) {
    this.#record = record;
  }

  /**
   * Each payment that the events are about, and those whose personal data they erase, once; as it is then or newer.
   *
   * @param swept what is true of the source that gets them
   */
  build(events: readonly RecordedEvent[], swept: Swept): Promise<Built> {
    // One after the other: what is looked up for one relay must not overtake what another one folds.
    const built = this.#turn.then(() => this.#build(events, swept));
    this.#turn = built.catch(() => undefined);
    return built;
  }

  forget(): void {
    this.#documents.clear();
  }

  async #build(events: readonly RecordedEvent[], swept: Swept): Promise<Built> {
    const sweeping = new Map<string, number>();
    const changed = new Map<string, SourceDocument>();
    const lookUp = new Map<string, PaymentKey>();
    for (const event of events) {
      const name = nameOf(event);
      const document = lookUp.has(name) ? null : this.#fold(name, event);
      if (document === null) lookUp.set(name, event);
      else changed.set(name, document);
      if (event.type !== 'PersonalDataErased') continue;
      this.#erasedAt = Math.max(this.#erasedAt, event.position);
      const subject = `${event.organizationId}/${event.data.subject}`;
      const after = sweeping.get(subject) ?? swept.get(subject) ?? 0;
      if (event.position <= after) continue;
      const { keys, position } = await this.#record.ofSubject(event.organizationId, event.data.subject, after);
      for (const key of keys) lookUp.set(nameOf(key), key);
      sweeping.set(subject, position);
    }
    for (const name of lookUp.keys()) this.#documents.delete(name);
    const found = await Promise.all([...lookUp.values()].map((key) => this.#record.document(key)));
    [...lookUp.keys()].forEach((name, index) => {
      const document = found[index] ?? null;
      if (document === null) return;
      const made = sourceDocument(document);
      changed.set(name, made);
      this.#remember(name, made);
    });
    return { documents: [...changed.values()], swept: sweeping };
  }

  /** Null: what comes before the event is not at hand. */
  #fold(name: string, event: RecordedEvent): SourceDocument | null {
    if (event.position < this.#erasedAt) return null;
    const before = this.#documents.get(name) ?? null;
    const version = before?.document.payment.version ?? 0;
    if (before !== null && event.version <= version) return before;
    if (event.version !== version + 1) return null;
    const after = sourceDocument(followDocument(before?.document ?? null, event));
    this.#remember(name, after);
    return after;
  }

  #remember(name: string, document: SourceDocument): void {
    this.#documents.delete(name);
    this.#documents.set(name, document);
    const [oldest] = this.#documents.keys();
    if (this.#documents.size > REMEMBERED && oldest !== undefined) this.#documents.delete(oldest);
  }
}

function nameOf({ organizationId, paymentId }: PaymentKey): string {
  return `${organizationId}/${paymentId}`;
}
