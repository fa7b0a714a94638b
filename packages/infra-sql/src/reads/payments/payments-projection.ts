// The projection of payments: documents, what they are found by, suggestions and sums.

import { followDocument, TOKENIZER_VERSION, type PaymentKey, type RecordedEvent } from '@paystrata/application';
import { noPersonalData, type OrganizationId, type SubjectId } from '@paystrata/domain';
import { erasedSubjects } from '../projecting/erased-subjects.ts';
import type { Projection, ProjectionSession } from '../projecting/projection.ts';
import { nameOf } from './payment-name.ts';
import { paymentTables } from './payment-tables.ts';
import { loadPayments, loadSubject, type StoredPayment } from './stored-payments.ts';
import { writeChanges, type DocumentChange } from './write-changes.ts';

/** Raise the first number with any change of what the rows hold. */
const VERSION = 2 * 1000 + TOKENIZER_VERSION;

export const paymentsProjection: Projection = {
  name: 'payments',
  version: VERSION,
  tables: paymentTables,
  project: async (session, events) => {
    const work = new Work(session);
    await work.load(events);
    for (const event of events) work.apply(event);
    await writeChanges(session, work.changes());
  },
};

/** The payments of one transaction: as they were, and as they become. */
class Work {
  readonly #session: ProjectionSession;
  readonly #payments = new Map<string, { -readonly [Key in keyof DocumentChange]: DocumentChange[Key] }>();

  constructor(session: ProjectionSession) {
    this.#session = session;
  }

  /** Payments that the events go on with, and all of the subjects that they erase. */
  async load(events: readonly RecordedEvent[]): Promise<void> {
    const begun = new Set<string>();
    const keys = new Map<string, PaymentKey>();
    for (const event of events) {
      if (event.version === 1) begun.add(nameOf(event));
      else if (!begun.has(nameOf(event))) keys.set(nameOf(event), event);
    }
    for (const change of await loadPayments(this.#session, [...keys.values()])) this.#keep(change);
    for (const { organizationId, subject } of erasedSubjects(events)) {
      for (const change of await loadSubject(this.#session, organizationId, subject)) {
        if (!this.#payments.has(nameOf(keyOf(change)))) this.#keep(change);
      }
    }
  }

  apply(event: RecordedEvent): void {
    const name = nameOf(event);
    const known = this.#payments.get(name);
    const before = known?.after ?? null;
    if (before !== null && event.version <= before.payment.version) return;
    const after = followDocument(before, event);
    if (known === undefined) this.#payments.set(name, { row: event.position, before: null, after });
    else known.after = after;
    if (event.type === 'PersonalDataErased') this.#erase(event.organizationId, event.data.subject);
  }

  changes(): readonly DocumentChange[] {
    return [...this.#payments.values()].filter(({ before, after }) => before !== after);
  }

  /** The key of a subject is gone, and with it what all its payments say: read again, the log says no more. */
  #erase(organizationId: OrganizationId, subject: SubjectId): void {
    for (const change of this.#payments.values()) {
      const { payment, position } = change.after;
      if (payment.organizationId !== organizationId || payment.subject !== subject) continue;
      if (payment.personal === noPersonalData) continue;
      change.after = { payment: { ...payment, personal: noPersonalData }, position };
    }
  }

  #keep({ row, document }: StoredPayment): void {
    this.#payments.set(nameOf(keyOf({ row, document })), { row, before: document, after: document });
  }
}

function keyOf({ document }: StoredPayment): PaymentKey {
  const { organizationId, id } = document.payment;
  return { organizationId, paymentId: id };
}
