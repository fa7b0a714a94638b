// Runs the writer program, to be stopped and killed in mid-commit.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface WriterProcess {
  /** Event ids and positions that were acknowledged so far. */
  acknowledged(): ReadonlyMap<string, number>;
  /** Resolves when so many were acknowledged. @throws Error where the program ended before */
  until(count: number): Promise<void>;
  /** Holds it still, in whatever it does. */
  suspend(): void;
  resume(): void;
  /** Resolves when it is gone and everything it said was read. */
  kill(): Promise<void>;
}

/** @param kind and place of the store, as the program takes them */
export function startWriter(kind: 'sqlite' | 'postgres', place: string): WriterProcess {
  const program = fileURLToPath(import.meta.resolve('./writer-program.ts'));
  const child: ChildProcess = spawn(
    process.execPath,
    ['--conditions=@paystrata/source', '--no-warnings', program, kind, place],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  let complaints = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const closed = once(child, 'close');
  const signal = (name: NodeJS.Signals) => {
    child.kill(name);
  };
  const acknowledged = () => {
    const lines = said.slice(0, said.lastIndexOf('\n') + 1).split('\n');
    const pairs = lines.map((line) => line.split(' ')).filter(({ length }) => length === 2);
    return new Map(pairs.map(([eventId = '', position]) => [eventId, Number(position)]));
  };
  return {
    acknowledged,
    until: async (count) => {
      while (acknowledged().size < count) {
        if (child.exitCode !== null) throw new Error(`the writer ended by itself: ${complaints}`);
        await Promise.race([once(child.stdout ?? child, 'data'), closed]);
      }
    },
    suspend: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    kill: async () => {
      signal('SIGKILL');
      await closed;
    },
  };
}
