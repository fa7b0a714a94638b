// Runs the programs of this folder as processes of their own, to be suspended and killed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Program {
  readonly pid: number;
  /** Every line that it wrote so far. */
  readonly lines: readonly string[];
  /** Resolves when it has written so many lines in all. @throws Error where it ended before */
  until(count: number): Promise<void>;
  /** Writes a line to its input. */
  say(line: string): void;
  suspend(): void;
  resume(): void;
  /** Resolves when it is gone and all that it wrote was read. */
  kill(): Promise<void>;
  /** Resolves when it has ended by itself. @throws Error where it failed */
  ended(): Promise<void>;
}

/** @param options plain data, handed over as JSON */
export function startProgram(program: string, options: object): Program {
  const args = ['--conditions=@paystrata/source', '--no-warnings', program, JSON.stringify(options)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const lines: string[] = [];
  let complaints = '';
  const wakers = new Set<() => void>();
  const wake = () => {
    for (const each of wakers) each();
    wakers.clear();
  };
  // What was not ended by a new line when the program was killed was not said.
  let unended = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (unended + text).split('\n');
    unended = parts.pop() ?? '';
    lines.push(...parts);
    wake();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  // Who is killed reads no more.
  child.stdin.on('error', () => undefined);
  const closed = once(child, 'close').finally(wake);
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid ?? 0,
    lines,
    until: async (count) => {
      while (lines.length < count) {
        if (isOver()) throw new Error(`the program ended by itself after ${lines.length} lines: ${complaints}`);
        await new Promise<void>((resolve) => wakers.add(resolve));
      }
    },
    say: (line) => void child.stdin.write(`${line}\n`),
    suspend: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
    ended: async () => {
      await closed;
      if (child.exitCode !== 0) throw new Error(`the program failed: ${complaints}`);
    },
  };
}

/** What the program that runs this was started with. The caller knows the shape: it is this folder's own. */
export function programOptions<T>(): T {
  return JSON.parse(process.argv[2] ?? '') as T;
}
