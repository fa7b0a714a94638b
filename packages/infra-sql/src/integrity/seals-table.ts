// The table of seals.

import type { Seal } from '@paystrata/application';
import type { LogTables } from '../archive/log-tables.ts';
import { bytes, integer, type Row } from '../rows.ts';

/** All of them in order; one stands for thousands of events. */
export async function readSeals(tables: LogTables): Promise<readonly Seal[]> {
  const text = 'select first, last, root, hash from paystrata.seals order by last';
  return (await tables.select({ name: 'seals', text, values: [] })).map(sealOf);
}

/** The newest; null where nothing is sealed. */
export async function lastSeal(tables: LogTables): Promise<Seal | null> {
  const text = 'select first, last, root, hash from paystrata.seals order by last desc limit 1';
  const [row] = await tables.select({ name: 'last_seal', text, values: [] });
  return row === undefined ? null : sealOf(row);
}

/** Nothing where another process has sealed there already. */
export async function addSeal(tables: LogTables, { first, last, root, hash }: Seal, sealedAt: number): Promise<void> {
  const text = `insert into paystrata.seals (first, last, root, hash, sealed_at) values ($1, $2, $3, $4, $5)
    on conflict do nothing`;
  await tables.select({ name: 'add_seal', text, values: [first, last, root, hash, sealedAt] });
}

/** The last position of the log as the journal says, and as the events do. */
export async function readHead(tables: LogTables): Promise<{ readonly head: number; readonly last: number }> {
  const text = `select j.position as head, (select coalesce(max(e.position), 0) from paystrata.events e) as last
    from paystrata.journal j`;
  const [row = {}] = await tables.select({ name: 'head', text, values: [] });
  return { head: integer(row, 'head'), last: integer(row, 'last') };
}

function sealOf(row: Row): Seal {
  return {
    first: integer(row, 'first'),
    last: integer(row, 'last'),
    root: bytes(row, 'root'),
    hash: bytes(row, 'hash'),
  };
}
