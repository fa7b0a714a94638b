// Runs the follower program, to be stopped and killed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface FollowerProcess {
  /** Positions in the order they were handled. */
  handled(): readonly number[];
  /** Whether it said so. */
  told(signal: string): boolean;
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
  kill(): Promise<void>;
}

export function startFollower(url: string, owner: string, leaseMs: number): FollowerProcess {
  const program = fileURLToPath(import.meta.resolve('./follower-program.ts'));
  const child = spawn(
    process.execPath,
    ['--conditions=@paystrata/source', '--no-warnings', program, url, owner, String(leaseMs)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const closed = once(child, 'close');
  const lines = () => said.slice(0, said.lastIndexOf('\n') + 1).split('\n');
  return {
    handled: () =>
      lines()
        .filter((line) => line.startsWith('handled '))
        .map((line) => Number(line.slice('handled '.length))),
    told: (signal) => lines().some((line) => line.startsWith(`${signal} `)),
    signal: (name) => void child.kill(name),
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
