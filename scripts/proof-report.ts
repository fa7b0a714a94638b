// The report of `npm run proof`: what each proof reached, from the records that the tests left, as a page of
// `docs/proof`. Alone: `node scripts/proof-report.ts`.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { type ProofRecord, parseRecord, proofPage } from './proof/page.ts';

const root = join(import.meta.dirname, '..');
const records = join(root, 'node_modules', '.cache', 'paystrata-proof');

/** Writes `docs/proof/<date>.md` of all records there are. @returns its path, or null where there is no record */
export function writeProofReport(): string | null {
  const proofs = readRecords();
  if (proofs.length === 0) return null;
  const date = new Date().toISOString().slice(0, 10);
  const folder = join(root, 'docs', 'proof');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${date}.md`), proofPage(date, machine(), proofs));
  return `docs/proof/${date}.md`;
}

function readRecords(): readonly ProofRecord[] {
  try {
    const names = readdirSync(records).filter((name) => name.endsWith('.json'));
    return names.sort().map((name) => parseRecord(JSON.parse(readFileSync(join(records, name), 'utf8'))));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** The kind of machine, nothing that names it. */
function machine(): string {
  const [cpu] = cpus();
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[1]?.toFixed(1) ?? '?';
  const system = `${platform()} ${arch()} ${release().split('-')[0] ?? ''}`;
  return `${cpus().length} cores (${cpu?.model ?? 'unknown'}), ${gibibytes} GiB, ${system}, Node ${process.version}; load at the end ${load}`;
}

if (process.argv[1] === import.meta.filename) console.log(writeProofReport() ?? 'There are no records of proofs.');
