// The main job on real input, in process: first in memory, then on the durable default.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkplace, type Workplace } from './command.ts';
import { leeds, leedsFile, leedsFlags } from './leeds-file.ts';
import { eventsOf, firstImport, importReport, listOfPayments, payment, secondImport, statistics } from './shapes.ts';

describe.each(['memory-cqs', 'memory-cqrs'])('importing the Leeds file into %s', (strategy) => {
  it('gives exactly the figures that are known of it, every refusal with its line and reason', async () => {
    const place = await createWorkplace({ PAYSTRATA_STORAGE: strategy });
    const { code, stdout, stderr } = await place.run('import', leedsFile, ...leedsFlags, '--json');
    await place.remove();
    expect(code).toBe(0);
    expect(stderr).toContain('nothing of this survives');
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    const report = importReport.parse(JSON.parse(stdout));
    expect(report).toMatchObject(firstImport);
    expect(report.rejections).toHaveLength(leeds.rejected);
    const codes = Map.groupBy(report.rejections, (rejection) => rejection.code);
    expect(codes.get('amount_not_positive')).toHaveLength(leeds.credits + leeds.zeros);
    expect(codes.get('row_empty')).toEqual([{ line: 16_178, code: 'row_empty', message: 'all fields are empty' }]);
    expect(report.rejections[0]).toEqual({
      line: 227,
      code: 'amount_not_positive',
      message: 'an amount must be above 0, it is -48.50',
    });
    const lines = report.rejections.map(({ line }) => line);
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
  });
});

describe('importing the Leeds file into the default store', () => {
  let place: Workplace;
  const council = ['--organization', leeds.council];

  beforeAll(async () => {
    place = await createWorkplace();
    const report = importReport.parse(
      await place.json('import', leedsFile, ...leedsFlags, '--rejects', 'refused.csv', '--json'),
    );
    expect(report).toMatchObject(firstImport);
  });
  afterAll(() => place.remove());

  it('writes the refused rows as they were, with line and reason', async () => {
    const rows: string[][] = parse(await readFile(join(place.folder, 'refused.csv')));
    expect(rows).toHaveLength(leeds.rejected + 1);
    expect(rows[0]?.slice(0, 4)).toEqual(['line', 'code', 'message', 'Organisation Code']);
    expect(rows[1]?.slice(0, 3)).toEqual(['227', 'amount_not_positive', 'an amount must be above 0, it is -48.50']);
    expect(rows[1]).toHaveLength(18);
    expect(rows[1]?.at(-4)).toBe('-48.50');
  });

  it('imports nothing new from the same file, and counts all of it as already there', async () => {
    expect(importReport.parse(await place.json('import', leedsFile, ...leedsFlags, '--json'))).toMatchObject(
      secondImport,
    );
  });

  it('says of a dry run what an import would do, which is nothing', async () => {
    const report = await place.json('import', leedsFile, ...leedsFlags, '--dry-run', '--json');
    expect(report).toMatchObject({ ...secondImport, dryRun: true });
  });

  it('keeps statistics of both organizations, to the penny', async () => {
    const both = await Promise.all(
      [leeds.council, leeds.accountableBody].map(async (organization) =>
        statistics.parse(await place.json('stats', '--organization', organization, '--json')),
      ),
    );
    expect(both.map(({ count }) => count)).toEqual([14_765, 1066]);
    const sum = both.reduce((total, { totals }) => total + BigInt(totals[0]?.amount ?? 0), 0n);
    expect(sum).toBe(BigInt(leeds.total));
  });

  it('finds payments by words, amount, day and what else was in the file', async () => {
    const search = ['payments', 'list', ...council, '--json'];
    const found = listOfPayments.parse(
      await place.json(...search, '--text', 'sheltered transitional hom', '--from', '2020-06-24', '--to', '2020-06-25'),
    );
    expect(found.data.map(({ reference }) => reference)).toContain('2006-00001');
    const largest = listOfPayments.parse(
      await place.json(...search, '--min-amount', '1000000', '--sort', 'amount', '--limit', '2'),
    );
    expect(largest.data[0]).toMatchObject({
      amount: 623_423_200,
      currency: 'GBP',
      customer: { name: 'Bradford Metropolitan Council' },
      metadata: { organizationName: 'Leeds City Council' },
      createdAt: '2020-06-22T00:00:00.000Z',
    });
    expect(largest).toMatchObject({ hasMore: true, total: { value: 18, capped: false } });
  });

  it('keeps the text of a row whose bytes are not UTF-8', async () => {
    const found = listOfPayments.parse(
      await place.json('payments', 'list', ...council, '--reference', '2006-05170', '--json'),
    );
    expect(found.data[0]?.customer?.name).toBe('Fylde Coast Women¿s Aid');
  });

  it('suggests and analyses', async () => {
    const suggestions = await place.json('suggest', 'care', ...council, '--limit', '2', '--json');
    expect(suggestions).toEqual([
      { text: 'care', field: 'description', count: 1282 },
      { text: 'carers', field: 'description', count: 29 },
    ]);
    const analytics = await place.json('analytics', ...council, '--interval', 'month', '--json');
    expect(analytics).toMatchObject({ byCurrency: { GBP: 14_765 }, successRate: null });
  });

  it('processes and refunds one of the payments', async () => {
    const found = listOfPayments.parse(
      await place.json('payments', 'list', ...council, '--reference', '2006-00002', '--json'),
    );
    const id = found.data[0]?.id ?? '';
    const processed = payment.parse(
      await place.json('payments', 'process', id, '--method', 'test_approve', ...council, '--json'),
    );
    expect(processed).toMatchObject({ status: 'completed', amount: 1410, captured: 1410 });
    const refunded = await place.json('payments', 'refund', id, '--amount', '4.10', ...council, '--json');
    expect(refunded).toMatchObject({ status: 'partially_refunded', refunded: 410 });
    const events = eventsOf.parse(await place.json('payments', 'history', id, ...council, '--json'));
    expect(events.map(({ type }) => type)).toEqual([
      'PaymentCreated',
      'PaymentProcessingStarted',
      'PaymentProcessed',
      'RefundRequested',
      'PaymentRefunded',
    ]);
  });

  it('imports nothing at all where a row is refused and it is strict', async () => {
    const elsewhere = await createWorkplace();
    const { code, stdout, stderr } = await elsewhere.run('import', leedsFile, ...leedsFlags, '--strict', '--json');
    const after = await elsewhere.json('stats', ...council, '--json');
    await elsewhere.remove();
    expect(code).toBe(1);
    expect(stderr).toContain('nothing was imported: 346 rows are refused');
    expect(JSON.parse(stdout)).toMatchObject({ read: 16_177, imported: 0, rejected: 346, totals: [{ amount: '0' }] });
    expect(after).toMatchObject({ count: 0 });
  });
});
