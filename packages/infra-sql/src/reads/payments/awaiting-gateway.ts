// Payments of all organizations that wait for the gateway, in the order of organization and id.

import type { PaymentKey } from '@paystrata/application';
import { parseOrganizationId, parsePaymentId } from '@paystrata/domain';
import { sql, type SqlBool } from 'kysely';
import { text } from '../../rows.ts';
import type { ProjectionSession } from '../projecting/projection.ts';
import { tablesOf } from './payment-tables.ts';

export async function awaitingGateway(
  session: ProjectionSession,
  after: PaymentKey | null,
  limit: number,
): Promise<readonly PaymentKey[]> {
  let query = tablesOf(session)
    .selectFrom('payments as p')
    .select(['p.organization', 'p.id'])
    .where(sql<SqlBool>`p.waiting = 1`)
    .orderBy('p.organization')
    .orderBy('p.id')
    .limit(limit);
  if (after !== null) {
    query = query.where(sql<SqlBool>`(p.organization, p.id) > (${after.organizationId}, ${after.paymentId})`);
  }
  const rows = await session.all(query.compile());
  return rows.flatMap((row) => {
    const organizationId = parseOrganizationId(text(row, 'organization'));
    const paymentId = parsePaymentId(text(row, 'id'));
    return organizationId === undefined || paymentId === undefined ? [] : [{ organizationId, paymentId }];
  });
}
