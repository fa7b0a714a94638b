// The disk is full: nothing is acknowledged that is not there, and work goes on once there is room. A small disk is
// mounted for it, which only root may do.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PortFailure, systemClock } from '@paystrata/application';
import { figure, prove, startPostgres, waitUntil } from '@paystrata/test-servers';
import { expect, it } from 'vitest';
import { LogCheck } from './testing/log-check.ts';
import { makePlace, openPlace, type OpenPlace, type Place } from './testing/place.ts';

const part = 'disk-full';
const property = 'a full disk acknowledges nothing falsely';
const ROUNDS = figure(3, 20);
/** Room that is left for the log of each round, in bytes. */
const ROOM = 1_000_000;

interface Disk {
  readonly path: string;
  /** Fills it up to a little room; the answer frees it. */
  readonly fill: () => () => void;
}

async function onSmallDisk(megabytes: number, work: (disk: Disk) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-full-'));
  chmodSync(folder, 0o755);
  const path = join(folder, 'disk');
  mkdirSync(path);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]);
  const fill = () => {
    const ballast = join(path, 'ballast');
    const { bavail, bsize } = statfsSync(path);
    try {
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - ROOM)));
    } catch (error) {
      // A server that writes meanwhile makes it fuller still.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
    return () => rmSync(ballast);
  };
  try {
    await work({ path, fill });
  } finally {
    execFileSync('umount', ['--lazy', path]);
    rmSync(folder, { recursive: true });
  }
}

/** Creates payments until that fails, and answers the failure. */
async function createUntilFull(opened: OpenPlace, acknowledged: Map<string, number>): Promise<PortFailure> {
  for (;;) {
    try {
      await create(opened, acknowledged);
    } catch (error) {
      if (error instanceof PortFailure) return error;
      throw error;
    }
  }
}

async function create(opened: OpenPlace, acknowledged: Map<string, number>): Promise<void> {
  const result = await opened.send({ type: 'CreatePayment', amount: 100, currency: 'EUR' });
  if (!result.ok) throw new Error(result.rejection.message);
  for (const { eventId, position } of result.receipt.events) acknowledged.set(eventId, position);
}

async function fillAgainAndAgain(place: Place, disk: Disk, reopen: () => Promise<void>): Promise<string> {
  const acknowledged = new Map<string, number>();
  const codes = new Set<string>();
  let opened = await openPlace(place);
  for (let round = 0; round < ROUNDS; round++) {
    const free = disk.fill();
    codes.add((await createUntilFull(opened, acknowledged)).code);
    free();
    const goOn = async () => {
      await reopen();
      await create(opened, acknowledged);
      return true;
    };
    await waitUntil('work to go on', goOn, { timeoutMs: 60_000 });
    for (let more = 0; more < 20; more++) await create(opened, acknowledged);
    // The process that met the full disk goes on, and so does a new one.
    if (round % 5 === 4) {
      await opened.stop();
      opened = await openPlace(place, systemClock);
    }
  }
  await opened.stop();
  const check = await LogCheck.open(place);
  await check.readOn();
  check.assertKept(acknowledged);
  await check.stop();
  expect([...codes].every((code) => ['STORE_FULL', 'STORE_UNAVAILABLE', 'OUTCOME_UNKNOWN'].includes(code))).toBe(true);
  return `${ROUNDS} times full (${[...codes].join(', ')}); ${acknowledged.size} acknowledged, none lost; went on each time`;
}

it('on SQLite', async () => {
  const { place, remove } = makePlace();
  await onSmallDisk(40, (disk) =>
    prove({ part, property, store: 'SQLite' }, () => {
      const small: Place = { ...place, store: { kind: 'sqlite', path: join(disk.path, 'journal.db') } };
      return fillAgainAndAgain(small, disk, () => Promise.resolve());
    }),
  );
  remove();
}, 3_600_000);

it('on PostgreSQL', async () => {
  await onSmallDisk(300, (disk) =>
    prove({ part, property, store: 'PostgreSQL' }, async () => {
      const dataFolder = join(disk.path, 'server');
      const settings = { max_wal_size: '48MB', min_wal_size: '32MB' };
      await using server = await startPostgres({ own: true, dataFolder, settings });
      const { place, remove } = makePlace(await server.createDatabase());
      // A server that cannot write its log ends itself, now or a moment later.
      const reopen = async () => {
        if (server.pid === undefined) await server.restart();
      };
      const reached = await fillAgainAndAgain(place, disk, reopen);
      remove();
      return reached;
    }),
  );
}, 3_600_000);
