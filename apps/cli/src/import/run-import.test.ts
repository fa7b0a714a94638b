import { parseOrganizationId } from '@paystrata/application';
import { describe, expect, it } from 'vitest';
import type { CsvRecord } from '../csv/parse-records.ts';
import type { RecordChunk } from '../csv/read-records.ts';
import { createDryTarget } from './dry-target.ts';
import type { ImportTarget, RowOutcome } from './import-target.ts';
import type { MappedRow } from './map-row.ts';
import type { PaymentRow, RowRejection } from './new-payment-row.ts';
import { RejectionLog } from './rejection-log.ts';
import { ImportStopped, runImport, type ImportRun } from './run-import.ts';

const acme = parseOrganizationId('acme') ?? null;

/** Rows of one reference and one amount each; `-` is refused before it is sent. */
async function* chunksOf(rows: readonly (readonly [reference: string, amount: number])[]): AsyncGenerator<RecordChunk> {
  for (let from = 0; from < rows.length; from += 300) {
    const records = rows.slice(from, from + 300).map(([reference, amount], place): CsvRecord => ({
      line: from + place + 2,
      fields: [reference, String(amount)],
      problem: null,
    }));
    yield { records, bytesRead: from };
  }
}

const map = ({ line, fields: [reference = '', amount = ''] }: CsvRecord): MappedRow =>
  reference === '-'
    ? { line, code: 'row_empty', message: 'empty' }
    : {
        line,
        organizationId: acme,
        payment: { amount: BigInt(amount), currency: 'EUR', reference, settled: false },
      };

function runOf(rows: readonly (readonly [string, number])[], target: ImportTarget, changes: Partial<ImportRun> = {}) {
  const rejections: RowRejection[] = [];
  const run = runImport({
    chunks: chunksOf(rows),
    map,
    target,
    inFlight: 3,
    stop: new AbortController().signal,
    onRejected: (rejection) => void rejections.push(rejection),
    onProgress: () => undefined,
    ...changes,
  });
  return { run, rejections };
}

/** A store of references that answers each window only when it is let to. */
function slowTarget() {
  const amounts = new Map<string, bigint>();
  const calls: (() => void)[] = [];
  const target: ImportTarget = {
    importRows: (_organization, rows) =>
      new Promise((resolve) => {
        calls.push(() => resolve(rows.map((row) => store(amounts, row))));
      }),
  };
  return { target, calls };
}

function store(amounts: Map<string, bigint>, { reference, amount }: PaymentRow): RowOutcome {
  const known = amounts.get(reference);
  if (known !== undefined) return { kind: 'exists', sameAmount: known === amount };
  amounts.set(reference, amount);
  return { kind: 'imported' };
}

const storing = (amounts = new Map<string, bigint>()): ImportTarget => ({
  importRows: async (_organization, rows) => rows.map((row) => store(amounts, row)),
});

const manyRows = (count: number) => Array.from({ length: count }, (_, place) => [`r${place}`, place + 1] as const);

describe('an import', () => {
  it('counts what became of each row and adds up what was imported', async () => {
    const { run, rejections } = runOf(
      [
        ['a', 5],
        ['-', 0],
        ['a', 5],
        ['a', 6],
        ['b', 7],
      ],
      storing(),
    );
    expect(await run).toEqual({
      read: 5,
      imported: 2,
      alreadyThere: 1,
      rejected: 2,
      total: 12n,
      line: 6,
      complete: true,
    });
    expect(rejections).toEqual([
      { line: 3, code: 'row_empty', message: 'empty' },
      { line: 5, code: 'reference_conflict', message: 'the reference a has another amount or currency' },
    ]);
  });

  it('sends at most 1,000 rows at a time', async () => {
    const sizes: number[] = [];
    const target: ImportTarget = {
      importRows: async (_organization, rows) => {
        sizes.push(rows.length);
        return rows.map(() => ({ kind: 'imported' }));
      },
    };
    expect((await runOf(manyRows(2500), target).run).imported).toBe(2500);
    expect(sizes).toEqual([1000, 1000, 500]);
  });

  it('has no more windows under way than it may, and lands them in the order of the file', async () => {
    const { target, calls } = slowTarget();
    const lines: number[] = [];
    const { run } = runOf(manyRows(5000), target, { inFlight: 3, onProgress: ({ line }) => lines.push(line) });
    await expect.poll(() => calls.length).toBe(3);
    // The third answers first: nothing is counted before the first has landed.
    calls[2]?.();
    calls[1]?.();
    calls[0]?.();
    await expect.poll(() => calls.length).toBe(5);
    calls[4]?.();
    calls[3]?.();
    expect((await run).imported).toBe(5000);
    expect(lines).toEqual([1001, 2001, 3001, 4001, 5001]);
  });

  it('lets the first row of a reference win, also across windows', async () => {
    const { target, calls } = slowTarget();
    const { run, rejections } = runOf([...manyRows(1000), ['r5', 1] as const], target);
    await expect.poll(() => calls.length).toBe(1);
    calls[0]?.();
    await expect.poll(() => calls.length).toBe(2);
    calls[1]?.();
    expect((await run).imported).toBe(1000);
    expect(rejections).toMatchObject([{ line: 1002, code: 'reference_conflict' }]);
  });

  it('finishes what is under way when it is stopped, and begins nothing more', async () => {
    const { target, calls } = slowTarget();
    const stop = new AbortController();
    const { run } = runOf(manyRows(9000), target, { inFlight: 2, stop: stop.signal });
    await expect.poll(() => calls.length).toBe(2);
    stop.abort();
    calls.forEach((answer) => answer());
    expect(await run).toMatchObject({ imported: 2000, line: 2001, complete: false });
    expect(calls).toHaveLength(2);
  });

  it('counts what else was under way when a window fails, and tells which one it was', async () => {
    let windows = 0;
    const target: ImportTarget = {
      importRows: async (_organization, rows) => {
        windows += 1;
        if (windows === 2) throw new Error('the disk is full');
        return rows.map(() => ({ kind: 'imported' }));
      },
    };
    const error = await runOf(manyRows(9000), target, { inFlight: 2 }).run.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ImportStopped);
    expect(error).toMatchObject({
      message: 'the import stopped at lines 1002 to 2001',
      tally: { imported: 2000, complete: false },
      cause: { message: 'the disk is full' },
    });
  });
});

describe('a dry run', () => {
  it('answers what an import would, from what is there and what the file brings', async () => {
    const there = new Map([['a', 5n]]);
    const dry = createDryTarget(async (_organization, references) =>
      references.map((reference) => {
        const amount = there.get(reference);
        return amount === undefined ? null : { amount, currency: 'EUR' };
      }),
    );
    const rows = [
      ['a', 5],
      ['a', 6],
      ['b', 7],
      ['b', 7],
      ['b', 8],
      ['c', 9],
    ] as const;
    expect(await runOf(rows, dry).run).toMatchObject({ imported: 2, alreadyThere: 2, rejected: 2, total: 16n });
    expect(await runOf(rows, storing(there)).run).toMatchObject({
      imported: 2,
      alreadyThere: 2,
      rejected: 2,
      total: 16n,
    });
  });
});

describe('the log of refused rows', () => {
  it('keeps any number of them in their order', async () => {
    const log = new RejectionLog();
    for (let line = 2; line < 25_002; line += 1) await log.add({ line, code: 'row_empty', message: 'empty' });
    const lines: unknown[] = [];
    for await (const text of log.json()) lines.push(JSON.parse(text));
    await log.close();
    expect(lines).toHaveLength(25_000);
    expect(lines[24_999]).toEqual({ line: 25_001, code: 'row_empty', message: 'empty' });
    expect(log.counts()).toEqual([['row_empty', 25_000]]);
  });
});
