// Somebody leaves a transaction open in another database of the same server: readers of this one must not care.

import { openTransaction } from '@paystrata/test-servers';
import { consumeNotes, emmettVersion, note, withEmmett } from './emmett.ts';
import { at, installation, withOurs } from './ours.ts';
import type { Finding, RivalCase } from './rival-case.ts';

const COMMITTED = 5;

export const stalledByAnotherDatabase: RivalCase = {
  name: 'an open transaction in another database',
  rival: emmettVersion,
  onRival: async ({ database }) => {
    const other = await database();
    return withEmmett(await database(), (store) =>
      whileOpen(other, async () => {
        for (let count = 0; count < COMMITTED; count++) await store.appendToStream(`stream-${count}`, [note('new')]);
        return findingOf(await consumeNotes(store, { startFrom: 'BEGINNING', batchSize: 100, untilEmpty: true }));
      }),
    );
  },
  onOurs: async ({ database }) => {
    const other = await database();
    return withOurs(installation(await database()), 1, (processes) =>
      whileOpen(other, async () => {
        const process = at(processes, 0);
        for (let count = 0; count < COMMITTED; count++) await process.create();
        return findingOf((await process.read(null)).events);
      }),
    );
  },
};

async function whileOpen<T>(url: string, work: () => Promise<T>): Promise<T> {
  const release = await openTransaction(url);
  try {
    return await work();
  } finally {
    await release();
  }
}

function findingOf(seen: readonly unknown[]): Finding {
  const hidden = COMMITTED - seen.length;
  return { broken: hidden > 0, saw: `${hidden} of ${COMMITTED} committed events could not be read` };
}
