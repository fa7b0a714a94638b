// What an archive costs and saves, on real payments: its size, reading from it, and verifying the log with it.

import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock, type PaymentKey } from '@paystrata/application';
import {
  createLogMaintenance,
  createSqliteKeyring,
  createSqliteStore,
  type SqlPaymentStore,
} from '@paystrata/infra-sql';
import { compare, type ComparisonResult, type Contender } from '../harness/compare.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const csv = join(root, '..', 'shared', 'data', 'leeds-council-payments-2020-06.csv');
const flags = [
  ...['--amount-column', 'Amount', '--currency', 'GBP', '--organization-column', 'Organisation Label'],
  ...['--reference-column', 'Transaction Number', '--date-column', 'Payment Date', '--date-format', 'DD/MM/YYYY'],
  ...['--description-column', 'Purpose', '--customer-column', 'Beneficiary Name', '--settled', '--json'],
];
const STREAMS = 500;

interface Opened {
  readonly path: string;
  readonly store: SqlPaymentStore;
  readonly close: () => Promise<void>;
}

async function open(folder: string): Promise<Opened> {
  const keyring = await createSqliteKeyring(join(folder, 'keyring.db'));
  const path = join(folder, 'journal.db');
  const store = createSqliteStore({ path, keyring });
  await store.start();
  return {
    path,
    store,
    close: async () => {
      await store.stop();
      await keyring.stop();
    },
  };
}

function importInto(folder: string): void {
  const env = { ...process.env, PAYSTRATA_DATA_DIR: folder, PAYSTRATA_LOG_LEVEL: 'error' };
  const args = ['--conditions=@paystrata/source', join(root, 'apps/cli/src/main.ts'), 'import', csv, ...flags];
  const ended = spawnSync(process.execPath, args, { env });
  if (ended.status !== 0) throw new Error(`the import ended with ${ended.status}: ${ended.stderr.toString()}`);
}

function contender(name: string, folder: string, work: (opened: Opened) => Promise<number>): Contender {
  return {
    name,
    prepare: async () => {
      const opened = await open(folder);
      return { run: () => work(opened), dispose: () => opened.close() };
    },
  };
}

async function readWhole({ store }: Opened): Promise<number> {
  return (await store.readAll({ direction: 'forward', from: null, limit: 1_000_000 })).events.length;
}

async function readStreams({ store }: Opened, keys: readonly PaymentKey[]): Promise<number> {
  for (const key of keys) await store.readAll({ direction: 'forward', from: null, limit: 1000, ...key });
  return keys.length;
}

/** @returns megabytes of text */
async function verify({ store }: Opened, megabytes: number): Promise<number> {
  const report = await createLogMaintenance({ store, clock: systemClock, archiveAfterDays: null }).run('verify', {
    kind: 'all',
  });
  if (report.differing > 0) throw new Error(`the log differs: ${JSON.stringify(report.differences)}`);
  return megabytes;
}

/** The same texts from the same file, without looking at anything else. */
async function hashAlone({ path }: Opened): Promise<number> {
  const database = new DatabaseSync(path);
  let bytes = 0;
  for (const { text } of database.prepare('select text from events order by position').iterate()) {
    const buffer = Buffer.from(String(text));
    hash('sha256', buffer);
    bytes += buffer.length;
  }
  database.close();
  return bytes / 1e6;
}

async function archiveAll(folder: string, megabytes: number): Promise<void> {
  const { store, path, close } = await open(folder);
  const begun = performance.now();
  const maintenance = createLogMaintenance({ store, clock: systemClock, archiveAfterDays: null });
  const { changed } = await maintenance.run('archive', { kind: 'all' }, { before: systemClock.now() });
  const seconds = (performance.now() - begun) / 1000;
  await close();
  const database = new DatabaseSync(path);
  const row = database.prepare('select count(*) as segments, sum(length(bytes)) as bytes from segments').get() ?? {};
  database.close();
  const packed = Number(row['bytes']) / 1e6;
  console.log(
    `\n${changed} events, ${megabytes.toFixed(1)} MB of text, became ${String(row['segments'])} segments of ` +
      `${packed.toFixed(1)} MB together: 1 to ${(megabytes / packed).toFixed(1)}, at ${(megabytes / seconds).toFixed(1)} MB/s`,
  );
}

export async function benchArchive(): Promise<readonly ComparisonResult[]> {
  if (!existsSync(csv)) throw new Error(`the real payments are not there: ${csv}`);
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-bench-'));
  try {
    const [plain, archived] = [join(folder, 'plain'), join(folder, 'archived')];
    importInto(plain);
    const opened = await open(plain);
    const { events } = await opened.store.readAll({ direction: 'forward', from: null, limit: 1_000_000 });
    const megabytes = await hashAlone(opened);
    await opened.close();
    const step = Math.max(1, Math.floor(events.length / STREAMS));
    const keys = events
      .filter((_, index) => index % step === 0)
      .map(({ organizationId, paymentId }) => ({ organizationId, paymentId }));
    cpSync(plain, archived, { recursive: true });
    await archiveAll(archived, megabytes);
    const pair = (title: string, unit: string, work: (opened: Opened) => Promise<number>) =>
      compare({
        title,
        unit,
        rounds: 5,
        contenders: [contender('archived', archived, work), contender('not archived', plain, work)],
      });
    return [
      await pair('the whole log, opened', 'events', readWhole),
      await pair('one payment after the other', 'payments', (each) => readStreams(each, keys)),
      await compare({
        title: 'verifying chains, segments, heads and states',
        unit: 'MB',
        rounds: 5,
        contenders: [
          contender('archived', archived, (each) => verify(each, megabytes)),
          contender('not archived', plain, (each) => verify(each, megabytes)),
          contender('reading and hashing the texts alone', plain, hashAlone),
        ],
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
