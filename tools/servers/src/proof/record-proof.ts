// What a proof reached, kept as JSON beside other caches of the workspace, for the report of `npm run proof`.

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceFolder } from '../install/cache-folder.ts';

/** True in `npm run proof`: tests reach their full figures instead of a sample's. */
const isFullProof = process.env['PAYSTRATA_PROOF'] === 'full';

/** The figure of a sample, or the full one. */
export function figure(sample: number, full: number): number {
  return isFullProof ? full : sample;
}

/** For a test that proves something: a sample takes seconds, on a busy machine minutes. */
export const proofTimeoutMs = figure(180_000, 3_600_000);

export interface Proof {
  /** One word that selects it: `npm run proof -- kill`. */
  readonly part: string;
  /** What holds, as in the guarantees. */
  readonly property: string;
  /** Where: `SQLite`, `PostgreSQL`. */
  readonly store: string;
  /** What was done and counted, in words and figures. */
  readonly reached: string;
}

/** Runs the work, and records what it answers with its duration. A sample records nothing, a failure erases. */
export async function prove(proof: Omit<Proof, 'reached'>, work: () => Promise<string>): Promise<void> {
  const begun = performance.now();
  if (!isFullProof) {
    await work();
    return;
  }
  const folder = join(workspaceFolder(), 'node_modules', '.cache', 'paystrata-proof');
  const file = join(folder, `${`${proof.part}-${proof.store}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.json`);
  rmSync(file, { force: true });
  const reached = await work();
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  const record = { ...proof, reached, seconds, date: new Date().toISOString(), commit: commitNow() };
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
}

/** Null outside of a clone. */
function commitNow(): string | null {
  try {
    const cwd = workspaceFolder();
    return execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { cwd, encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}
