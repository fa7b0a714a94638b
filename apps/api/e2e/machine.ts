// Servers in processes of their own, as they would be on machines of their own: no folder is shared.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ConfigOverrides } from '@paystrata/composition';
import { newFolder } from './running-server.ts';

export interface Machine {
  readonly url: string;
  readonly firstKey: string | null;
  /** Milliseconds for which its event loop was held at most since it was asked the last time; 0 the first time. */
  longestHold(): Promise<number>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** @throws Error where it does not come to serve, with what it complained of */
export async function startMachine(overrides: ConfigOverrides): Promise<Machine> {
  const folder = newFolder();
  const options = JSON.stringify({ dataDir: folder.path, overrides });
  const program = join(import.meta.dirname, 'machine-program.ts');
  const child = spawn(process.execPath, ['--conditions=@paystrata/source', '--no-warnings', program, options]);
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const closed = once(child, 'close');
  const lines = createInterface({ input: child.stdout });
  const said = await Promise.race([once(lines, 'line'), closed.then(() => null)]);
  if (said === null) throw new Error(`the machine does not serve: ${complaints}`);
  const { url, firstKey } = JSON.parse(String(said[0])) as { url: string; firstKey: string | null };
  return {
    url,
    firstKey,
    longestHold: async () => {
      const answered = once(lines, 'line');
      child.stdin.write('longest\n');
      return Number((await answered)[0]);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
      folder.remove();
    },
  };
}
