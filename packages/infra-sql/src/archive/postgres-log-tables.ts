// The tables of the log in a PostgreSQL database.

import type { PostgresDatabase } from '../postgres/postgres-database.ts';
import type { LogTables } from './log-tables.ts';

export function postgresLogTables(database: PostgresDatabase): LogTables {
  return {
    select: ({ name, text, values }) => database.read({ name: `paystrata_log_${name}`, text, values: [...values] }),
    storeSegment: async ({ positions, codec, format, checksum, root, archivedAt, bytes }) => {
      const [first, last] = [positions[0] ?? 0, positions.at(-1) ?? 0];
      const values = [positions, first, last, positions.length, codec, format, checksum, root, archivedAt, bytes];
      const rows = await database.read({ name: 'paystrata_store_segment', text: storeSegment, values });
      return rows.length === 1;
    },
  };
}

/**
 * One statement, so one transaction: no lock waits for a client that was stopped. Rows that another process is archiving
 * are waited for and then looked at again: their text is gone, so there is one less, and nothing is stored. So it is
 * where the statement is sent a second time because its answer was lost.
 */
const storeSegment = `
  with present as (
    select position from paystrata.events where position = any($1::bigint[]) and text is not null
    order by position for update
  ),
  stored as (
    insert into paystrata.segments (first, last, count, codec, format, checksum, root, archived_at, bytes)
    select $2, $3, $4::integer, $5, $6, $7, $8, $9, $10 where (select count(*) from present) = $4::integer
    returning segment
  ),
  emptied as (
    update paystrata.events e set text = null, segment = s.segment
    from stored s where e.position = any($1::bigint[])
  )
  select segment from stored`;
