// The import of real payments into the default store, as whole processes: ours beside parsing and inserting alone.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, type ComparisonResult, type Contender } from '../harness/compare.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const csv = join(root, '..', 'shared', 'data', 'leeds-council-payments-2020-06.csv');
const ROWS = 16_177;

function run(program: string, args: readonly string[], folder: string): void {
  const env = { ...process.env, PAYSTRATA_DATA_DIR: folder, PAYSTRATA_LOG_LEVEL: 'error' };
  const ended = spawnSync(process.execPath, ['--conditions=@paystrata/source', join(root, program), ...args], { env });
  if (ended.status !== 0) throw new Error(`${program} ended with ${ended.status}: ${ended.stderr.toString()}`);
}

function contender(name: string, work: (folder: string) => void): Contender {
  return {
    name,
    prepare: () => {
      const folder = mkdtempSync(join(tmpdir(), 'paystrata-bench-'));
      return {
        run: () => {
          work(folder);
          return ROWS;
        },
        dispose: () => rmSync(folder, { recursive: true }),
      };
    },
  };
}

const flags = [
  ...['--amount-column', 'Amount', '--currency', 'GBP', '--organization-column', 'Organisation Label'],
  ...['--reference-column', 'Transaction Number', '--date-column', 'Payment Date', '--date-format', 'DD/MM/YYYY'],
  ...['--description-column', 'Purpose', '--customer-column', 'Beneficiary Name', '--settled', '--json'],
];

const ours = contender('paystrata import, event-sourced on SQLite', (folder) => {
  run('apps/cli/src/main.ts', ['import', csv, ...flags], folder);
});

const raw = contender('csv-parse and batched inserts', (folder) => {
  run('bench/src/peers/raw-import.ts', [csv, join(folder, 'raw.db')], folder);
});

export async function benchImport(): Promise<readonly ComparisonResult[]> {
  if (!existsSync(csv)) throw new Error(`the real payments are not there: ${csv}`);
  return [await compare({ title: 'import of real payments', unit: 'rows', contenders: [ours, raw], rounds: 5 })];
}
