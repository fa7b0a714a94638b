// The projection of payments: documents, what they are found by, suggestions and sums.

import {
  PortFailure,
  TOKENIZER_VERSION,
  type PaymentDocument,
  type PaymentKey,
  type RecordedEvent,
} from '@paystrata/application';
import { evolve, noPersonalData, type OrganizationId, type SubjectId } from '@paystrata/domain';
import { integer } from '../../rows.ts';
import type { Projection, ProjectionSession } from '../projecting/projection.ts';
import { documentOf } from './payment-document.ts';
import { paymentTables, tablesOf } from './payment-tables.ts';
import { writeChanges, type DocumentChange } from './write-changes.ts';

/** Raise the first number with any change of what the rows hold. */
const VERSION = 1 * 1000 + TOKENIZER_VERSION;

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
    for (const change of await loadDocuments(this.#session, [...keys.values()])) this.#keep(change);
    for (const event of events) {
      if (event.type !== 'PersonalDataErased') continue;
      for (const change of await loadSubject(this.#session, event.organizationId, event.data.subject)) {
        if (!this.#payments.has(nameOf(keyOf(change)))) this.#keep(change);
      }
    }
  }

  apply(event: RecordedEvent): void {
    const name = nameOf(event);
    const known = this.#payments.get(name);
    const before = known?.after ?? null;
    if (before !== null && event.version <= before.payment.version) return;
    const after = follow(before, event);
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
      change.after = { payment: { ...payment, personal: noPersonalData }, position };
    }
  }

  #keep({ row, document }: LoadedDocument): void {
    this.#payments.set(nameOf(keyOf({ row, document })), { row, before: document, after: document });
  }
}

interface LoadedDocument {
  readonly row: number;
  readonly document: PaymentDocument;
}

/** Asked for at a time: databases limit the parameters of a statement. */
const KEYS_A_QUERY = 200;

async function loadDocuments(
  session: ProjectionSession,
  keys: readonly PaymentKey[],
): Promise<readonly LoadedDocument[]> {
  const found: LoadedDocument[] = [];
  for (const [organizationId, ids] of Map.groupBy(keys, (key) => key.organizationId)) {
    for (let at = 0; at < ids.length; at += KEYS_A_QUERY) {
      const some = ids.slice(at, at + KEYS_A_QUERY).map(({ paymentId }) => paymentId);
      const query = tablesOf(session)
        .selectFrom('payments as p')
        .select(['p.row', 'p.state', 'p.personal', 'p.position'])
        .where('p.organization', '=', organizationId)
        .where('p.id', 'in', some);
      const rows = await session.all(query.compile());
      found.push(...rows.map((row) => ({ row: integer(row, 'row'), document: documentOf(row) })));
    }
  }
  return found;
}

/** Payments that have the subject as their customer; others have none but themselves. */
async function loadSubject(
  session: ProjectionSession,
  organizationId: OrganizationId,
  subject: SubjectId,
): Promise<readonly LoadedDocument[]> {
  const query = tablesOf(session)
    .selectFrom('terms as t')
    .innerJoin('payments as p', 'p.row', 't.row')
    .select(['p.row', 'p.state', 'p.personal', 'p.position'])
    .where('t.organization', '=', organizationId)
    .where('t.kind', '=', 'customer')
    .where('t.term', '=', subject)
    .where('p.personal', 'is not', null);
  const rows = await session.all(query.compile());
  return rows.map((row) => ({ row: integer(row, 'row'), document: documentOf(row) }));
}

function keyOf({ document }: LoadedDocument): PaymentKey {
  const { organizationId, id } = document.payment;
  return { organizationId, paymentId: id };
}

function nameOf({ organizationId, paymentId }: PaymentKey): string {
  return `${organizationId}/${paymentId}`;
}

function follow(before: PaymentDocument | null, event: RecordedEvent): PaymentDocument {
  const due = (before?.payment.version ?? 0) + 1;
  if (event.version !== due) throw damaged(event, `version ${event.version} comes where ${due} is due`);
  try {
    return { payment: evolve(before?.payment ?? null, event), position: event.position };
  } catch (error) {
    throw damaged(event, 'the event does not fit the payment', error);
  }
}

function damaged({ position, paymentId, organizationId }: RecordedEvent, problem: string, cause?: unknown) {
  return new PortFailure('STORE_DAMAGED', `the log at position ${position}, payment ${paymentId}: ${problem}`, {
    cause,
    details: { position, paymentId, organizationId },
  });
}
