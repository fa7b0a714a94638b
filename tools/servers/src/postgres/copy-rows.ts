// What a dump of the data alone and its restoration do: every row, as text, into the same tables elsewhere.

import pg from 'pg';

/** Both databases have the tables; those at the target are emptied first. Partitions are filled through their parent. */
export async function copyRows(from: string, to: string): Promise<void> {
  const [source, target] = [new pg.Client({ connectionString: from }), new pg.Client({ connectionString: to })];
  try {
    await source.connect();
    await target.connect();
    // No trigger acts and no foreign key is checked on the way, as with pg_restore --disable-triggers.
    await target.query('set session_replication_role = replica');
    const tables = await tablesOf(source);
    await target.query(`truncate ${tables.join(', ')} cascade`);
    for (const table of tables) await copyTable(source, target, table);
    await copySequences(source, target);
  } finally {
    await source.end();
    await target.end();
  }
}

async function copyTable(source: pg.Client, target: pg.Client, table: string): Promise<void> {
  const { rows } = await source.query<{ rows: string | null }>(
    `select json_agg(each)::text as rows from ${table} as each`,
  );
  await target.query(
    `insert into ${table} overriding system value select * from json_populate_recordset(null::${table}, $1)`,
    [rows[0]?.rows ?? '[]'],
  );
}

/** As a dump does: what a sequence gives next is part of the data. */
async function copySequences(source: pg.Client, target: pg.Client): Promise<void> {
  const { rows } = await source.query<{ name: string; last: string | null }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as last from pg_sequences`,
  );
  for (const { name, last } of rows) {
    if (last !== null) await target.query('select setval($1::regclass, $2::bigint)', [name, last]);
  }
}

async function tablesOf(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ table: string }>(
    `select format('%I.%I', nspname, relname) as table
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relkind in ('r', 'p') and not relispartition and nspname !~ '^(pg_|information_schema$)'`,
  );
  return rows.map(({ table }) => table);
}
