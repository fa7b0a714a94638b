// A program that writes to a store until it is killed, and says on its output what was acknowledged.
// node writer-program.ts sqlite PATH | postgres URL

import { writeSync } from 'node:fs';
import type { PaymentStore } from '@paystrata/application';
import { createPostgresStore } from '../postgres/postgres-store.ts';
import { createSqliteStore } from '../sqlite/sqlite-store.ts';
import { cancelling, creation } from './entries.ts';
import { sharedKeyring } from './shared-keyring.ts';

const LANES = 32;

const [kind, place = ''] = process.argv.slice(2);
const keyring = sharedKeyring();
const store =
  kind === 'sqlite' ? createSqliteStore({ path: place, keyring }) : createPostgresStore({ url: place, keyring });
await store.start();
writeSync(1, 'started\n');
await Promise.all(Array.from({ length: LANES }, () => write(store)));

/** Two commits a payment; one line for each that was acknowledged, written before anything else happens. */
async function write(to: PaymentStore): Promise<never> {
  for (;;) {
    const created = creation({ description: null });
    for (const entry of [created, cancelling(created.payment)]) {
      const [result] = await to.commit([entry]);
      if (result?.outcome !== 'committed') throw new Error(`not committed: ${JSON.stringify(result)}`);
      writeSync(1, `${entry.events[0]?.eventId} ${result.position}\n`);
    }
  }
}
