// Runs the real command as a child process, away from the settings of whoever runs the tests.

import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const main = join(import.meta.dirname, '..', 'src', 'main.ts');

/** What a run printed and how it ended. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** What was printed so far. */
  readonly printed: () => { readonly stdout: string; readonly stderr: string };
  readonly ended: Promise<Ran>;
}

/** A folder of its own to run commands in: their store is in it. */
export interface Workplace {
  readonly folder: string;
  /** For every command that is run here. */
  readonly env: Readonly<Record<string, string>>;
  /** Waits for the end. */
  run(...args: readonly string[]): Promise<Ran>;
  /** As `run`, of a command that must succeed and prints one JSON value. */
  json(...args: readonly string[]): Promise<unknown>;
  start(...args: readonly string[]): Running;
  /** As `run`, with what it prints in a file of the folder instead: for what is too long to be kept. */
  runInto(file: string, ...args: readonly string[]): Promise<Ran>;
  /** The same folder with other settings. */
  with(env: Readonly<Record<string, string>>): Workplace;
  remove(): Promise<void>;
}

export async function createWorkplace(env: Readonly<Record<string, string>> = {}): Promise<Workplace> {
  return workplaceIn(await mkdtemp(join(tmpdir(), 'paystrata-e2e-')), env);
}

function workplaceIn(folder: string, env: Readonly<Record<string, string>>): Workplace {
  const start = (...args: readonly string[]): Running => begin(args, folder, env, 'pipe');
  const run = (...args: readonly string[]): Promise<Ran> => start(...args).ended;
  return {
    folder,
    env,
    start,
    run,
    async runInto(file, ...args) {
      const descriptor = openSync(join(folder, file), 'w');
      try {
        return await begin(args, folder, env, descriptor).ended;
      } finally {
        closeSync(descriptor);
      }
    },
    async json(...args) {
      const { code, stdout, stderr } = await run(...args);
      if (code !== 0) throw new Error(`paystrata ${args.join(' ')} ended with ${code}: ${stderr}`);
      const value: unknown = JSON.parse(stdout);
      return value;
    },
    with: (more) => workplaceIn(folder, { ...env, ...more }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** @param out where stdout goes: it is kept, or written to this file */
function begin(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  out: 'pipe' | number,
): Running {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('PAYSTRATA_'));
  const child = spawn(process.execPath, ['--conditions=@paystrata/source', main, ...args], {
    cwd,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', out, 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => (output[name] += text));
  }
  const ended = new Promise<Ran>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output }));
  });
  return { child, printed: () => ({ ...output }), ended };
}
