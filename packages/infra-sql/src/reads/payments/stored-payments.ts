// Documents in the tables, by key.

import type { PaymentDocument, PaymentKey } from '@paystrata/application';
import {
  parseOrganizationId,
  parsePaymentId,
  type OrganizationId,
  type PaymentId,
  type SubjectId,
} from '@paystrata/domain';
import { integer, text, type Row } from '../../rows.ts';
import type { ProjectionSession } from '../projecting/projection.ts';
import { documentOf } from './payment-document.ts';
import { tablesOf } from './payment-tables.ts';

export interface StoredPayment {
  readonly row: number;
  readonly document: PaymentDocument;
}

const documentColumns = ['p.row', 'x.state', 'x.personal', 'p.position'] as const;

/** The payment as the tables have it. */
export async function findDocument(
  session: ProjectionSession,
  { organizationId, paymentId }: PaymentKey,
): Promise<PaymentDocument | null> {
  const query = tablesOf(session)
    .selectFrom('payments as p')
    .innerJoin('documents as x', 'x.row', 'p.row')
    .select(documentColumns)
    .where('p.organization', '=', organizationId)
    .where('p.id', '=', paymentId);
  const [row] = await session.all(query.compile());
  return row === undefined ? null : documentOf(row);
}

/** Asked for at a time: databases limit the parameters of a statement. */
const KEYS_A_QUERY = 200;

/** Whole rows of those of the payments that there are, in no order. */
export async function paymentRows(session: ProjectionSession, keys: readonly PaymentKey[]): Promise<readonly Row[]> {
  const found: Row[] = [];
  for (const [organizationId, ids] of Map.groupBy(keys, (key) => key.organizationId)) {
    for (let at = 0; at < ids.length; at += KEYS_A_QUERY) {
      const some = ids.slice(at, at + KEYS_A_QUERY).map(({ paymentId }) => paymentId);
      const query = tablesOf(session)
        .selectFrom('payments as p')
        .innerJoin('documents as x', 'x.row', 'p.row')
        .selectAll('p')
        .select(['x.state', 'x.personal'])
        .where('p.organization', '=', organizationId)
        .where('p.id', 'in', some);
      found.push(...(await session.all(query.compile())));
    }
  }
  return found;
}

/** @throws PortFailure `STORE_DAMAGED` */
export async function loadPayments(
  session: ProjectionSession,
  keys: readonly PaymentKey[],
): Promise<readonly StoredPayment[]> {
  return (await paymentRows(session, keys)).map(storedPayment);
}

/** At most `limit` documents of an organization, in the order of ids, from `from` on, included. */
export async function documentsOf(
  session: ProjectionSession,
  organizationId: OrganizationId,
  from: PaymentId | null,
  limit: number,
): Promise<readonly PaymentDocument[]> {
  const query = tablesOf(session)
    .selectFrom('payments as p')
    .innerJoin('documents as x', 'x.row', 'p.row')
    .select(documentColumns)
    .where('p.organization', '=', organizationId)
    .$if(from !== null, (some) => some.where('p.id', '>=', from ?? ''))
    .orderBy('p.id')
    .limit(limit);
  return (await session.all(query.compile())).map(documentOf);
}

/** In the order of their codes. */
export async function organizationsOf(session: ProjectionSession): Promise<readonly OrganizationId[]> {
  const query = tablesOf(session).selectFrom('payments as p').select('p.organization').distinct();
  const rows = await session.all(query.orderBy('p.organization').compile());
  return rows.flatMap((row) => parseOrganizationId(text(row, 'organization')) ?? []);
}

/** Payments that have the subject as their customer, whether anything of it is left or not, with an event after the position. */
export async function keysOfSubject(
  session: ProjectionSession,
  organizationId: OrganizationId,
  subject: SubjectId,
  after: number,
): Promise<readonly PaymentKey[]> {
  const query = tablesOf(session)
    .selectFrom('terms as t')
    .innerJoin('payments as p', 'p.row', 't.row')
    .select('p.id')
    .where('t.organization', '=', organizationId)
    .where('t.kind', '=', 'customer')
    .where('t.term', '=', subject)
    .where('p.position', '>', after);
  const rows = await session.all(query.compile());
  return rows.flatMap((row) => {
    const paymentId = parsePaymentId(text(row, 'id'));
    return paymentId === undefined ? [] : [{ organizationId, paymentId }];
  });
}

/** Payments that have the subject as their customer, and anything personal; others have none but themselves. */
export async function loadSubject(
  session: ProjectionSession,
  organizationId: OrganizationId,
  subject: SubjectId,
): Promise<readonly StoredPayment[]> {
  const query = tablesOf(session)
    .selectFrom('terms as t')
    .innerJoin('payments as p', 'p.row', 't.row')
    .innerJoin('documents as x', 'x.row', 'p.row')
    .select(documentColumns)
    .where('t.organization', '=', organizationId)
    .where('t.kind', '=', 'customer')
    .where('t.term', '=', subject)
    .where('x.personal', 'is not', null);
  return (await session.all(query.compile())).map(storedPayment);
}

export function storedPayment(row: Row): StoredPayment {
  return { row: integer(row, 'row'), document: documentOf(row) };
}
