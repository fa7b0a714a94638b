// Starts a worker in a process of its own, and kills it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { waitUntil } from '@paystrata/test-servers';
import type { WorkerProcessOptions } from './worker-process.ts';

export interface WorkerProcess {
  /** By SIGKILL; one that is dead already stays so. */
  kill(): Promise<void>;
}

/** Resolves once it polls. */
export async function startWorker(options: WorkerProcessOptions): Promise<WorkerProcess> {
  const program = fileURLToPath(new URL('./worker-process.ts', import.meta.url));
  const args = ['--conditions=@paystrata/source', program, JSON.stringify(options)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  const giveUp = () => {
    if (child.exitCode !== null) throw new Error(`the worker ended with ${child.exitCode}`);
  };
  await waitUntil('the worker', () => said.includes('ready'), { timeoutMs: 120_000, giveUp });
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
