// Names the life of a log in PostgreSQL, and begins a new one where the database is a copy of another.

import { text } from '../rows.ts';
import { rowOf, type Connection } from './migrate-postgres.ts';

/**
 * A database that was restored from a dump or copied has another number, and so has the table in it; a server that was
 * made from a backup and then recovered, or promoted, has another timeline. What the server does not tell us is left out.
 */
const placeQuery = `select concat_ws('/',
    (select d.oid from pg_catalog.pg_database d where d.datname = current_database()),
    'paystrata.journal'::regclass::oid,
    case when has_function_privilege('pg_control_system()', 'execute')
      then (select system_identifier from pg_control_system()) end,
    case when has_function_privilege('pg_control_checkpoint()', 'execute')
      then (select timeline_id from pg_control_checkpoint()) end) as place`;

const epochQuery = 'select epoch, place from paystrata.journal';

/**
 * A restored log may lack what was acknowledged since: what was said of positions in the other life must not be taken
 * for this one's. A server whose files were put back as they were, without recovery, is not told apart.
 *
 * @returns the epoch
 */
export async function beginEpoch(connection: Connection): Promise<string> {
  const place = text(rowOf(await connection.query(placeQuery)), 'place');
  const before = rowOf(await connection.query(epochQuery));
  if (text(before, 'place') !== place) {
    // Of processes that start at once, the first one wins: the condition is looked at again under the row's lock.
    await connection.query(`update paystrata.journal
      set epoch = replace(gen_random_uuid()::text, '-', ''), place = '${place}' where place <> '${place}'`);
  }
  return text(rowOf(await connection.query(epochQuery)), 'epoch');
}
