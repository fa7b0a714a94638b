// Runs programs of a proof as processes of their own, to be suspended and killed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Program {
  /** Every line that it wrote so far. */
  readonly lines: readonly string[];
  /** Resolves when it has written so many lines in all. @throws Error where it ended before */
  until(count: number): Promise<void>;
  suspend(): void;
  resume(): void;
  /** Resolves when it is gone and all that it wrote was read. */
  kill(): Promise<void>;
  /** Resolves with the signal that ended it. @throws Error with its complaints where it ended by itself */
  killed(): Promise<NodeJS.Signals>;
}

/** @param program a TypeScript file @param options plain data, handed over as JSON */
export function startProgram(program: string, options: object): Program {
  const args = ['--conditions=@paystrata/source', '--no-warnings', program, JSON.stringify(options)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const lines: string[] = [];
  let complaints = '';
  let unended = '';
  const wakers = new Set<() => void>();
  const wake = () => {
    for (const each of wakers) each();
    wakers.clear();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (unended + text).split('\n');
    unended = parts.pop() ?? '';
    lines.push(...parts);
    wake();
  });
  // Who is killed reads no more.
  child.stdin.on('error', () => undefined);
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const closed = once(child, 'close').finally(wake);
  return {
    lines,
    until: async (count) => {
      while (lines.length < count) {
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new Error(`the program ended after ${lines.length} lines: ${complaints}`);
        }
        await new Promise<void>((resolve) => wakers.add(resolve));
      }
    },
    suspend: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
    killed: async () => {
      await closed;
      if (child.signalCode === null) throw new Error(`the program ended by itself: ${complaints}`);
      return child.signalCode;
    },
  };
}

/**
 * What the program that runs this was started with. It ends with who started it. The caller knows the shape: it is the
 * proof's own.
 */
export function programOptions<T>(): T {
  process.stdin.on('close', () => process.exit()).resume();
  return JSON.parse(process.argv[2] ?? '') as T;
}
