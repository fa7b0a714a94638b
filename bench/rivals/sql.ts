// Plain statements beside the stores: open transactions, and what is seen of them.

import pg from 'pg';

/** Runs the work on a connection of its own. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Resolves when some transaction of this database waits for another one. */
export async function untilSomebodyWaits(client: pg.Client): Promise<void> {
  const query = `select count(*)::int as waiting from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  for (;;) {
    const { rows } = await client.query<{ waiting: number }>(query);
    if ((rows[0]?.waiting ?? 0) > 0) return;
  }
}
