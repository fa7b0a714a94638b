// A process that follows the event store of a PostgreSQL database, and says what it handled and what befell its lease.
// node follower-program.ts URL OWNER LEASE_MS

import { writeSync } from 'node:fs';
import { createSubscription, silentLogger, type StreamEvent, systemClock } from '@paystrata/application';
import { createPostgresStore, openPostgresCompanions } from '@paystrata/infra-sql';
import { createJournalEventStore } from '../journal/journal-event-store.ts';
import { sharedKeyring } from './shared-keyring.ts';

const [url = '', owner = '', leaseMs = ''] = process.argv.slice(2);
const store = createPostgresStore({ url, keyring: sharedKeyring(), poolSize: 2 });
await store.start();
const { subscriptions } = await openPostgresCompanions({ url, poolSize: 2, timeoutMs: 15_000 });
createSubscription<StreamEvent>({
  name: 'totals',
  owner,
  source: createJournalEventStore({ journal: () => store.journal }),
  store: subscriptions,
  handler: { each: ({ position }) => void writeSync(1, `handled ${position}\n`) },
  clock: systemClock,
  logger: silentLogger,
  onSignal: ({ type }) => void writeSync(1, `${type} 0\n`),
  batchSize: 10,
  leaseMs: Number(leaseMs),
  pollMs: 20,
}).start();
