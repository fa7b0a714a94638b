// A process that keeps up the log in a SQLite file, with a round ten times a second, and says what it archived.
// node upkeep-program.ts PATH

import { writeSync } from 'node:fs';
import { silentLogger, systemClock } from '@paystrata/application';
import { createLogUpkeep } from '../integrity/log-upkeep.ts';
import { createSqliteStore } from '../sqlite/sqlite-store.ts';
import { openSqliteCompanions } from '../subscriptions/sqlite-companions.ts';
import { sharedKeyring } from './shared-keyring.ts';

const [path = ''] = process.argv.slice(2);
const store = createSqliteStore({ path, keyring: sharedKeyring() });
await store.start();
const { subscriptions: leases } = await openSqliteCompanions(path);
const logger = {
  ...silentLogger,
  info: ({ events }: Readonly<Record<string, unknown>>) => void writeSync(1, `archived ${String(events)}\n`),
  error: ({ error }: Readonly<Record<string, unknown>>) => void writeSync(2, `failed ${String(error)}\n`),
};
// The events of the test are older than a day.
createLogUpkeep({ store, leases, clock: systemClock, intervalMs: 100, archiveAfterDays: 1, logger }).start();
writeSync(1, 'started\n');
