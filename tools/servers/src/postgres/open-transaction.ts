// Somebody who has written something and does not commit.

import pg from 'pg';

/** Opens a transaction that has written, and keeps it open until the answer is called, which rolls it back. */
export async function openTransaction(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  // A server that is stopped rolls back by itself.
  client.on('error', () => undefined);
  await client.connect();
  await client.query('begin');
  await client.query('create table somebody_elses (id int)');
  return async () => {
    await client.query('rollback');
    await client.end();
  };
}
