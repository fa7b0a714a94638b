// Documents in the tables, by key.

import type { PaymentDocument, PaymentKey } from '@paystrata/application';
import type { OrganizationId, SubjectId } from '@paystrata/domain';
import { integer, type Row } from '../../rows.ts';
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

function storedPayment(row: Row): StoredPayment {
  return { row: integer(row, 'row'), document: documentOf(row) };
}
