// Looks after the store that this process would open: its folder, its servers, the strategy itself, its keys.

import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { compose, type Composition, type Config } from '@paystrata/composition';
import { failed, ok, reasonOf, warning, type Finding } from './finding.ts';
import { reach, serversOf } from './servers.ts';

/** Bytes below which a disk is called nearly full. */
const LITTLE_ROOM = 1024 ** 3;

/** The strategy is started only where all of its servers answer. */
export async function examineStore(config: Config): Promise<readonly Finding[]> {
  const found = [await folderOf(config), ...(await Promise.all(serversOf(config).map(reach)))];
  if (found.some(({ state }) => state === 'failed')) return found;
  return [...found, ...(await examineStrategy(config))];
}

async function folderOf({ storage: { dataDir } }: Config): Promise<Finding> {
  const there = await nearestThere(dataDir);
  try {
    await access(there, constants.W_OK | constants.R_OK);
    const { bavail, bsize } = await statfs(there);
    const room = bavail * bsize;
    const where = there === dataDir ? dataDir : `${dataDir}, to be made`;
    if (room >= LITTLE_ROOM) return ok('data folder', where);
    const left = `${Math.floor(room / 1024 ** 2)} MiB are left on the disk of ${dataDir}`;
    return warning('data folder', left, 'make room, or let PAYSTRATA_DATA_DIR name a folder on another disk');
  } catch (error) {
    const says = `${there} cannot be read and written: ${reasonOf(error)}`;
    return failed('data folder', says, 'let this user write there, or let PAYSTRATA_DATA_DIR name another folder');
  }
}

/** The folder itself, else the nearest one above it. */
async function nearestThere(folder: string): Promise<string> {
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  return isThere || dirname(folder) === folder ? folder : nearestThere(dirname(folder));
}

async function examineStrategy(config: Config): Promise<readonly Finding[]> {
  const { strategy } = config.storage;
  let composition: Composition | null = null;
  try {
    composition = await compose(config, { background: false, logTo: 'stderr' });
    await composition.start();
    return [...(await healthOf(composition)), await keysOf(composition)];
  } catch (error) {
    return [failed(strategy, reasonOf(error), 'mend what it says, and run `paystrata doctor` again')];
  } finally {
    await composition?.stop();
  }
}

async function healthOf({ strategy }: Composition): Promise<readonly Finding[]> {
  const { sources } = await strategy.health();
  const found = sources.map(({ name, healthy, problem }) =>
    healthy
      ? ok(name, problem ?? 'it answers')
      : failed(name, problem ?? 'it does not answer', 'see `paystrata storage status`, and mend what it says'),
  );
  if (strategy.capabilities.durable) return found;
  const says = `${strategy.name} keeps everything in memory: it is lost when the process ends`;
  return [
    ...found,
    warning('durability', says, 'let PAYSTRATA_STORAGE name a durable strategy, such as event-sourced'),
  ];
}

async function keysOf({ apiKeys }: Composition): Promise<Finding> {
  const keys = await apiKeys.list();
  const usable = keys.filter(({ revokedAt }) => revokedAt === null).length;
  if (usable > 0) return ok('API keys', usable === 1 ? '1 can be used' : `${usable} can be used`);
  const remedy = keys.length === 0 ? 'the first `paystrata serve` makes one' : 'make one with `paystrata keys create`';
  return warning('API keys', 'there is none that can be used', remedy);
}
