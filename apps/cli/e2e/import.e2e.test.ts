// Imports of awkward files, and imports that are stopped halfway.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkplace, type Workplace } from './command.ts';
import { importReport, listOfPayments, statistics } from './shapes.ts';

let place: Workplace;
beforeEach(async () => {
  place = await createWorkplace();
});
afterEach(() => place.remove());

const file = (name: string, content: string | Uint8Array) => writeFile(join(place.folder, name), content);
const flags = ['--amount-column', 'Amount', '--currency', 'EUR', '--reference-column', 'Ref', '--json'];

describe('an awkward file', () => {
  it('costs the rows that are broken and no others', async () => {
    await file(
      'awkward.csv',
      [
        '\uFEFFRef,Amount,Note',
        'r1,"1,234.50","two\nlines"',
        'r2,5',
        'r3,5,x,y',
        'r4,"5"5,x',
        'r5,"5,x',
        '',
        'r6,5,"say ""hi"""',
        'r1,1234.50,same again',
        'r1,1234.51,another amount',
        'r7,12,5,',
      ].join('\r\n'),
    );
    const report = importReport.parse(
      await place.json('import', 'awkward.csv', ...flags, '--description-column', 'Note', '--rejects', 'rejects.csv'),
    );
    expect(report).toMatchObject({ read: 10, imported: 2, alreadyThere: 1, rejected: 7 });
    expect(report.totals).toEqual([{ currency: 'EUR', amount: '123950' }]);
    expect(report.rejections.map(({ line, code }) => [line, code])).toEqual([
      [4, 'row_malformed'],
      [5, 'row_malformed'],
      [6, 'row_malformed'],
      [7, 'row_malformed'],
      [8, 'row_empty'],
      [11, 'reference_conflict'],
      [12, 'row_malformed'],
    ]);
    const rejects = await readFile(join(place.folder, 'rejects.csv'), 'utf8');
    expect(rejects.split('\n')[0]).toBe('line,code,message,Ref,Amount,Note');
    expect(rejects).toContain('7,row_malformed,a quote is opened and not closed,"r5,""5,x"');
    const found = listOfPayments.parse(await place.json('payments', 'list', '--text', 'lines', '--json'));
    expect(found.data).toMatchObject([{ reference: 'r1', description: 'two\nlines' }]);
  });

  it('without references is known again by its content and lines', async () => {
    await file('plain.csv', 'Amount\n5\n5\n7\n');
    const args = ['import', 'plain.csv', '--amount-column', 'Amount', '--currency', 'EUR', '--settled', '--json'];
    expect(await place.json(...args)).toMatchObject({ imported: 3, totals: [{ currency: 'EUR', amount: '1700' }] });
    expect(await place.json(...args)).toMatchObject({ imported: 0, alreadyThere: 3 });
    const { data } = listOfPayments.parse(await place.json('payments', 'list', '--json'));
    expect(data.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
    expect(data.every(({ reference }) => /^file:[0-9a-f]{32}:[234]$/.test(reference ?? ''))).toBe(true);
  });

  it('in which bytes are not UTF-8 costs those rows where UTF-8 is insisted on', async () => {
    await file('latin.csv', Buffer.from('Ref,Amount\ncaf\xe9,5\nfine,6\n', 'latin1'));
    const report = importReport.parse(await place.json('import', 'latin.csv', ...flags, '--encoding', 'utf-8'));
    expect(report.rejections).toMatchObject([{ line: 2, code: 'row_malformed' }]);
    expect(await place.json('import', 'latin.csv', ...flags)).toMatchObject({
      imported: 1,
      alreadyThere: 1,
      rejected: 0,
    });
  });

  it('that conflicts with what is there is kept out whole where it is strict', async () => {
    await file('first.csv', 'Ref,Amount\nr1,5\n');
    await file('second.csv', 'Ref,Amount\nr0,1\nr1,6\n');
    await place.json('import', 'first.csv', ...flags);
    const { code, stdout } = await place.run('import', 'second.csv', ...flags, '--strict');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ imported: 0, rejections: [{ line: 3, code: 'reference_conflict' }] });
    expect(await place.json('stats', '--json')).toMatchObject({ count: 1 });
    await file('third.csv', 'Ref,Amount\nr0,1\nr1,5\n');
    expect(await place.json('import', 'third.csv', ...flags, '--strict')).toMatchObject({
      imported: 1,
      alreadyThere: 1,
    });
  });
});

describe('an import that is stopped by Ctrl-C', () => {
  it('finishes what is in flight, says how far it got, and goes on when it is run again', async () => {
    const rows = 60_000;
    await file('long.csv', `Ref,Amount\n${Array.from({ length: rows }, (_, row) => `r${row},1.00\n`).join('')}`);
    const running = place.start('import', 'long.csv', ...flags);
    const count = async (): Promise<number> => statistics.parse(await place.json('stats', '--json')).count;
    await expect.poll(count, { timeout: 40_000 }).toBeGreaterThan(0);
    running.child.kill('SIGINT');
    const { code, stdout, stderr } = await running.ended;
    expect([code, stderr]).toEqual([130, expect.stringMatching(/stopped after line \d+/)]);
    const report = importReport.parse(JSON.parse(stdout));
    expect(report.imported).toBeLessThan(rows);
    expect(report).toMatchObject({ read: report.imported, rejected: 0 });
    expect(await count()).toBe(report.imported);
    expect(JSON.parse(stdout)).toMatchObject({ interruptedAfterLine: report.imported + 1 });
    expect(await place.json('import', 'long.csv', ...flags)).toMatchObject({
      imported: rows - report.imported,
      alreadyThere: report.imported,
    });
  });
});
