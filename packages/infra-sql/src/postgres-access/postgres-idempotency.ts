// Idempotency keys in PostgreSQL: synced before the command they guard is run.

import type { IdempotencyPointer, IdempotencyStore } from '@paystrata/application';
import { pointerOf } from '../access/access-rows.ts';
import type { PostgresDatabase } from '../postgres/postgres-database.ts';
import { integer } from '../rows.ts';
import { synced } from './access-schema.ts';
import { groupQueries } from './grouped-queries.ts';

/** Old pointers are dropped so many at a time, so that nobody waits long for them. */
const EXPIRE_CHUNK = 1000;

const table = 'paystrata_access.idempotency';
const columns = 'organization, route, key, request_hash, payment, command, created_at';

/**
 * Answers what is in the table, before the statement or by it. Rows go in in the order of their keys, so that batches of
 * two processes never wait for each other in a circle.
 */
const claimText = `with given as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[])
      with ordinality as given (${columns}, place)
  ), claimed as (
    insert into ${table} (${columns}) select ${columns} from given where ${synced}
      order by organization, route, key, place
      on conflict do nothing returning ${columns}
  )
  select ${columns} from claimed
  union all
  select ${columns} from ${table} where (organization, route, key) in (select organization, route, key from given)`;

export function createIdempotency(database: PostgresDatabase): IdempotencyStore {
  const claims = groupQueries<IdempotencyPointer, IdempotencyPointer | null>(database, {
    queryOf: (pointers) => ({ name: 'paystrata_claim', text: claimText, values: columnsOf(pointers) }),
    answersOf: (pointers, rows) => {
      const there = new Map(rows.map(pointerOf).map((pointer) => [nameOf(pointer), pointer]));
      return pointers.map((pointer) => there.get(nameOf(pointer)) ?? null);
    },
  });
  return {
    claim: async (pointer) => {
      for (;;) {
        // Null where another process stored its pointer after this statement began: then it is there for the next.
        const there = await claims.submit(pointer);
        if (there !== null) return there;
      }
    },
    release: async ({ organizationId, route, key, commandId }) => {
      await database.read({
        text: `delete from ${table} where organization = $1 and route = $2 and key = $3 and command = $4 and ${synced}`,
        values: [organizationId, route, key, commandId],
      });
    },
    expire: async (before) => {
      let dropped = 0;
      for (;;) {
        const [row = {}] = await database.read({
          text: `with old as (
              select ctid from ${table} where created_at < $1 limit ${EXPIRE_CHUNK} for update skip locked
            ), gone as (delete from ${table} where ctid in (select ctid from old) returning 1)
            select count(*)::int as count from gone`,
          values: [before],
        });
        const count = integer(row, 'count');
        dropped += count;
        if (count < EXPIRE_CHUNK) return dropped;
      }
    },
  };
}

function columnsOf(pointers: readonly IdempotencyPointer[]): (string | number)[][] {
  return [
    pointers.map(({ organizationId }) => organizationId),
    pointers.map(({ route }) => route),
    pointers.map(({ key }) => key),
    pointers.map(({ requestHash }) => requestHash),
    pointers.map(({ paymentId }) => paymentId),
    pointers.map(({ commandId }) => commandId),
    pointers.map(({ createdAt }) => createdAt),
  ];
}

function nameOf({ organizationId, route, key }: IdempotencyPointer): string {
  return JSON.stringify([organizationId, route, key]);
}
