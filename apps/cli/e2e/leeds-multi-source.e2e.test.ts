// The real input on multi-source with every server: the import is killed in the middle and begun again, and then every
// source has what SQL has, and the figures are those of memory-cqs.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseOrganizationId, type OrganizationId, type PaymentStatistics } from '@paystrata/application';
import { compose, loadConfig } from '@paystrata/composition';
import { figure, prove, startOpenSearch, startPostgres, startRedis, waitUntil } from '@paystrata/test-servers';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createWorkplace, type Workplace } from './command.ts';
import { leeds, leedsFile, leedsFlags } from './leeds-file.ts';
import { importReport } from './shapes.ts';

const ROWS = figure(1500, leeds.read);
/** Events that are there when the import is killed. */
const MIDDLE = figure(200, 6000);

const verified = z.looseObject({ checked: z.int(), differing: z.int(), differences: z.array(z.unknown()) });

const organizations = [leeds.council, leeds.accountableBody].map((name) => {
  const organizationId = parseOrganizationId(name);
  if (organizationId === undefined) throw new Error(`${name} is no organization`);
  return organizationId;
});
const query: PaymentStatistics = { type: 'PaymentStatistics', range: { from: null, to: null }, of: 'created' };

/** The place as another process sees it, which feeds no source. */
async function seenFrom(place: Workplace) {
  const composition = await compose(loadConfig({ env: place.env, cwd: place.folder }), { background: false });
  await composition.start();
  return {
    lastPosition: async () => {
      const { events } = await composition.strategy.log.readAll({ direction: 'backward', from: null, limit: 1 });
      return events[0]?.position ?? 0;
    },
    statistics: (organizationId: OrganizationId) =>
      composition.strategy.read.statistics(query, { organizationId, atLeast: null, timeoutMs: 60_000 }),
    stop: () => composition.stop(),
  };
}

type Seen = Awaited<ReturnType<typeof seenFrom>>;

async function importTwice(place: Workplace, file: string, seen: Seen) {
  const { child, ended } = place.start('import', file, ...leedsFlags, '--json');
  await waitUntil('the import to be in the middle', async () => (await seen.lastPosition()) >= MIDDLE, {
    ...{ timeoutMs: 120_000, everyMs: 1 },
  });
  child.kill('SIGKILL');
  await ended;
  const written = await seen.lastPosition();
  const report = importReport.parse(await place.json('import', file, ...leedsFlags, '--json'));
  return { written, report };
}

it(
  'is imported, killed in the middle and resumed: every source has what SQL has',
  {
    timeout: figure(360_000, 1_800_000),
  },
  async () => {
    const work = async () => {
      await using postgres = await startPostgres();
      await using redis = await startRedis({ own: true });
      await using search = await startOpenSearch();
      const place = await createWorkplace({
        ...{ PAYSTRATA_STORAGE: 'multi-source', PAYSTRATA_DATABASE_URL: await postgres.createDatabase() },
        ...{ PAYSTRATA_REDIS_URL: redis.url, PAYSTRATA_SEARCH_URL: search.url },
      });
      const file = join(place.folder, 'part.csv');
      const lines = (await readFile(leedsFile, 'latin1')).split('\n').slice(0, ROWS + 1);
      await writeFile(file, lines.join('\n'), 'latin1');

      const seen = await seenFrom(place);
      const { written, report } = await importTwice(place, file, seen);
      const inMemory = place.with({ PAYSTRATA_STORAGE: 'memory-cqs' });
      const whole = importReport.parse(await inMemory.json('import', file, ...leedsFlags, '--json'));
      expect(written).toBeLessThan(whole.imported);
      expect(report).toMatchObject({ read: whole.read, alreadyThere: written, imported: whole.imported - written });
      expect(report.rejections).toEqual(whole.rejections);

      const compared = verified.parse(await place.json('storage', 'verify', '--json'));
      expect(compared).toMatchObject({ differing: 0, differences: [] });
      expect(compared.checked).toBeGreaterThanOrEqual(whole.imported);
      const found = await Promise.all(organizations.map((organization) => seen.statistics(organization)));
      await seen.stop();
      expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(whole.imported);
      const total = found.flatMap(({ totals }) => totals).reduce((sum, { amount }) => sum + amount, 0n);
      expect(total.toString()).toBe(whole.totals[0]?.amount);
      await place.remove();
      return `${ROWS} rows of the Leeds file, killed with SIGKILL after ${written} payments and begun again by the same command: ${whole.imported} payments and ${total} pence as on memory-cqs, and verify found no difference between SQL and Redis, OpenSearch or the files`;
    };
    const property = 'an import that is killed and begun again: every source equal to SQL';
    await prove({ part: 'converge-import', property, store: 'PostgreSQL, Redis, OpenSearch, files' }, work);
  },
);
