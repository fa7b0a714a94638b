// A part of the real input on Temporal: imported by one process and asked by another, with the report of memory-cqs and
// the answers that the plain functions give over all payments.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createPaymentDocuments,
  everyPayment,
  parseOrganizationId,
  readLog,
  searchDocuments,
  statisticsOf,
  type PaymentStatistics,
  type SearchPayments,
} from '@paystrata/application';
import { compose, loadConfig } from '@paystrata/composition';
import { figure, startTemporal } from '@paystrata/test-servers';
import { expect, it } from 'vitest';
import { createWorkplace } from './command.ts';
import { leeds, leedsFile, leedsFlags } from './leeds-file.ts';

/** At a hundred creations a second the whole file takes minutes: that is for the proof. */
const ROWS = figure(150, 16_177);

const statistics: PaymentStatistics = { type: 'PaymentStatistics', range: { from: null, to: null }, of: 'created' };
const search: SearchPayments = {
  ...{ type: 'SearchPayments', filter: { ...everyPayment, text: 'care' }, cursor: null, page: null },
  ...{ sort: { by: 'amount', descending: true }, limit: 100 },
};

it('is imported and answered on Temporal as everywhere', { timeout: figure(240_000, 1_800_000) }, async () => {
  const organizationId = parseOrganizationId(leeds.council);
  if (organizationId === undefined) throw new Error('the council has no organization');
  await using server = await startTemporal();
  const place = await createWorkplace({
    ...{ PAYSTRATA_STORAGE: 'temporal', PAYSTRATA_TEMPORAL_ADDRESS: server.address },
    PAYSTRATA_TEMPORAL_ALLOW_VOLATILE: 'true',
  });
  const file = join(place.folder, 'part.csv');
  const lines = (await readFile(leedsFile, 'latin1')).split('\n').slice(0, ROWS + 1);
  await writeFile(file, lines.join('\n'), 'latin1');
  const report = await place.json('import', file, ...leedsFlags, '--settled', '--json');
  expect(report).toMatchObject({ read: ROWS });
  const inMemory = place.with({ PAYSTRATA_STORAGE: 'memory-cqs' });
  expect(await inMemory.json('import', file, ...leedsFlags, '--settled', '--json')).toEqual(report);

  const composition = await compose(loadConfig({ env: place.env, cwd: place.folder }), { background: false });
  await composition.start();
  const { read, log, epoch } = composition.strategy;
  const context = { organizationId, atLeast: null, timeoutMs: 60_000 };
  const documents = createPaymentDocuments();
  for await (const event of readLog(log, { organizationId })) documents.apply(event);
  const all = [...documents.of(organizationId)];
  expect(all.length).toBeGreaterThan(ROWS / 2);
  expect(await read.statistics(statistics, context)).toEqual(statisticsOf(all, statistics));
  const about = { organizationId, epoch: epoch(), position: Number.MAX_SAFE_INTEGER };
  const idsOf = ({ payments }: ReturnType<typeof searchDocuments>) => payments.map(({ payment }) => payment.id);
  expect(idsOf(await read.search(search, context))).toEqual(idsOf(searchDocuments(all, search, about)));
  await composition.stop();
  await place.remove();
});
