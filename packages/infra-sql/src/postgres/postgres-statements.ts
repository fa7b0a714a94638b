// The statements of the PostgreSQL journal, prepared once a connection.

import type { QueryConfig } from 'pg';
import type { LogRequest, PaymentKey } from '@paystrata/application';

const erasing = 'exists (select from paystrata.erasures) as erasing';

/** The snapshot and what became of a command, in one round trip; always one row. */
export function loadQuery({ organizationId, paymentId }: PaymentKey, commandId: string | null): QueryConfig {
  return {
    name: 'paystrata_load',
    text: `select ${erasing}, d.subject, d.state, d.sealed,
        (select e.version from paystrata.events e where e.stream = d.stream and e.command = $3) as applied
      from paystrata.journal left join paystrata.documents d on d.payment = $1 and d.organization = $2`,
    values: [paymentId, organizationId, commandId],
  };
}

/** Which events, by what the request is limited to. In a stream, versions are in the order of positions. */
const parts = {
  all: { where: 'true', order: 'position' },
  organization: { where: 'organization = $3', order: 'position' },
  stream: {
    where: 'stream = (select stream from paystrata.documents where payment = $4 and organization = $3)',
    order: 'version',
  },
  payment: { where: 'stream in (select stream from paystrata.documents where payment = $3)', order: 'position' },
} as const;

/** At least one row: the head of the log, with one event each where there are any. One snapshot sees both. */
export function readQuery({ direction, from, limit, organizationId, paymentId }: LogRequest): QueryConfig {
  const part = partOf(organizationId, paymentId);
  const { where, order } = parts[part];
  const [sign, sort] = direction === 'forward' ? ['>', 'asc'] : ['<', 'desc'];
  return {
    name: `paystrata_${direction}_${part}`,
    text: `select j.position as head, ${erasing}, e.position, e.text
      from paystrata.journal j left join lateral (
        select position, text from paystrata.events
        where position ${sign} $1 and ${where}
        order by ${order} ${sort} limit $2
      ) e on true
      order by e.position ${sort}`,
    values: [
      from ?? (direction === 'forward' ? 0 : Number.MAX_SAFE_INTEGER),
      limit,
      ...[organizationId, paymentId].filter((value) => value !== undefined),
    ],
  };
}

function partOf(organizationId: string | undefined, paymentId: string | undefined): keyof typeof parts {
  if (paymentId === undefined) return organizationId === undefined ? 'all' : 'organization';
  return organizationId === undefined ? 'payment' : 'stream';
}

export const epochQuery: QueryConfig = { text: 'select epoch from paystrata.journal' };

export const erasuresQuery: QueryConfig = { text: 'select organization, subject from paystrata.erasures' };

export function purgeQuery(organization: string, subject: string): QueryConfig {
  return {
    text: `with purged as (
        update paystrata.documents set sealed = null
        where subject = $1 and organization = $2 and sealed is not null
      )
      delete from paystrata.erasures where subject = $1 and organization = $2`,
    values: [subject, organization],
  };
}
