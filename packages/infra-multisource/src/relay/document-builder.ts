// Makes the documents of a stretch of the log for one source: folded from the events, or read from the record.

import { followDocument, type PaymentDocument, type PaymentKey, type RecordedEvent } from '@paystrata/application';
import type { OrganizationId, SubjectId } from '@paystrata/domain';
import { sourceDocument } from '../ports/document-text.ts';
import type { SourceDocument } from '../ports/source.ts';

/** The record, as far as documents are concerned. */
export interface DocumentRecord {
  /** The payment as it is now. */
  document(key: PaymentKey): Promise<PaymentDocument | null>;
  /** Payments of a subject. */
  ofSubject(organizationId: OrganizationId, subject: SubjectId): Promise<readonly PaymentKey[]>;
}

/** Documents that are remembered, so that the next event of a payment needs no look-up. */
const REMEMBERED = 2000;

/**
 * Takes events in the order of the log. What it remembers was folded in that order, and forgets a subject with the event
 * that erases it: nothing personal that was read before comes back after it.
 */
export class DocumentBuilder {
  readonly #record: DocumentRecord;
  /** In the order of their last use. */
  readonly #documents = new Map<string, PaymentDocument>();

  constructor(record: DocumentRecord) {
    this.#record = record;
  }

  /** Each payment that the events are about, and those whose personal data they erase, once. */
  async build(events: readonly RecordedEvent[]): Promise<readonly SourceDocument[]> {
    const changed = new Map<string, PaymentDocument>();
    const lookUp = new Map<string, PaymentKey>();
    for (const event of events) {
      const name = nameOf(event);
      const document = lookUp.has(name) ? null : this.#fold(name, event);
      if (document === null) lookUp.set(name, event);
      else changed.set(name, document);
      if (event.type !== 'PersonalDataErased') continue;
      for (const key of await this.#record.ofSubject(event.organizationId, event.data.subject)) {
        lookUp.set(nameOf(key), key);
      }
    }
    for (const name of lookUp.keys()) this.#documents.delete(name);
    const found = await Promise.all([...lookUp.values()].map((key) => this.#record.document(key)));
    [...lookUp.keys()].forEach((name, index) => {
      const document = found[index] ?? null;
      if (document === null) return;
      changed.set(name, document);
      this.#remember(name, document);
    });
    return [...changed.values()].map(sourceDocument);
  }

  forget(): void {
    this.#documents.clear();
  }

  /** Null: what comes before the event is not at hand. */
  #fold(name: string, event: RecordedEvent): PaymentDocument | null {
    const before = this.#documents.get(name) ?? null;
    const version = before?.payment.version ?? 0;
    if (before !== null && event.version <= version) return before;
    if (event.version !== version + 1) return null;
    const after = followDocument(before, event);
    this.#remember(name, after);
    return after;
  }

  #remember(name: string, document: PaymentDocument): void {
    this.#documents.delete(name);
    this.#documents.set(name, document);
    const [oldest] = this.#documents.keys();
    if (this.#documents.size > REMEMBERED && oldest !== undefined) this.#documents.delete(oldest);
  }
}

function nameOf({ organizationId, paymentId }: PaymentKey): string {
  return `${organizationId}/${paymentId}`;
}
