// What a dump of the data alone and its restoration do: every row of a schema's tables, as text, into the same tables.

import pg from 'pg';
import { withClient } from './sql.ts';

/** Both databases have the tables; those at the target are emptied first. Partitions are filled through their parent. */
export async function copyRows(from: string, to: string, schema: string): Promise<void> {
  await withClient(from, (source) =>
    withClient(to, async (target) => {
      // Foreign keys are not checked on the way, as pg_restore does with --disable-triggers.
      await target.query('set session_replication_role = replica');
      const tables = await tablesOf(source, schema);
      const names = tables.map((table) => `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`);
      await target.query(`truncate ${names.join(', ')} cascade`);
      for (const name of names) {
        const { rows } = await source.query<{ row: string }>(`select to_json(each)::text as row from ${name} as each`);
        for (const { row } of rows) {
          await target.query(
            `insert into ${name} overriding system value select * from json_populate_record(null::${name}, $1)`,
            [row],
          );
        }
      }
    }),
  );
}

async function tablesOf(client: pg.Client, schema: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'p')
      and not relispartition`,
    [schema],
  );
  return rows.map(({ name }) => name);
}
