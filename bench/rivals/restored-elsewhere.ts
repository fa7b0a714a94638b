// The rows are dumped and restored on another server: readers there must see everything that was committed.

import { copyRows } from '@paystrata/test-servers';
import { consumeNotes, emmettVersion, note, withEmmett } from './emmett.ts';
import { at, installation, withOurs } from './ours.ts';
import type { Finding, RivalCase } from './rival-case.ts';
import { withClient } from './sql.ts';

const COMMITTED = 5;
/** A server that has been in use has counted more transactions than one that was just set up. */
const EARLIER_TRANSACTIONS = 2000;

export const restoredElsewhere: RivalCase = {
  name: 'dumped and restored on another server',
  rival: emmettVersion,
  onRival: async ({ database, databaseElsewhere }) => {
    const [from, to] = [await database(), await databaseElsewhere()];
    await makeUseOf(from);
    await withEmmett(from, async (store) => {
      for (let count = 0; count < COMMITTED; count++) await store.appendToStream(`stream-${count}`, [note('kept')]);
    });
    return withEmmett(to, async (store) => {
      await copyRows(from, to);
      return findingOf(await consumeNotes(store, { startFrom: 'BEGINNING', batchSize: 100, untilEmpty: true }));
    });
  },
  onOurs: async ({ database, databaseElsewhere }) => {
    const [from, to] = [await database(), await databaseElsewhere()];
    await makeUseOf(from);
    const original = installation(from);
    await withOurs(original, 1, async (processes) => {
      for (let count = 0; count < COMMITTED; count++) await at(processes, 0).create();
    });
    // Makes the tables, as the restored dump would.
    const restored = { ...original, url: to };
    await withOurs(restored, 1, () => Promise.resolve());
    await copyRows(from, to);
    return withOurs(restored, 1, async (processes) => findingOf((await at(processes, 0).read(null)).events));
  },
};

async function makeUseOf(url: string): Promise<void> {
  await withClient(url, async (client) => {
    for (let count = 0; count < EARLIER_TRANSACTIONS; count++) await client.query('select pg_current_xact_id()');
  });
}

function findingOf(seen: readonly unknown[]): Finding {
  const hidden = COMMITTED - seen.length;
  return { broken: hidden > 0, saw: `${hidden} of ${COMMITTED} restored events could not be read` };
}
