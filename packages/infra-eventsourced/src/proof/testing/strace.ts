// What processes ask of the system, as strace tells it: only calls that write, sync or answer.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

export interface SystemCall {
  readonly pid: string;
  readonly name: string;
  /** The call with its arguments; file descriptors with what they stand for. */
  readonly text: string;
  /** False: the call began here. True: it returned here. Most do both on one line. */
  readonly began: boolean;
  readonly returned: boolean;
}

const traced = 'trace=pwrite64,pwritev,write,fdatasync,fsync,sendto,sendmsg';

/** Begins to trace a process that runs, with all that it starts, and the first characters of what
 * is written. `detach` ends that and answers what it did. */
export async function traceProcess(
  pid: number,
  file: string,
  characters = 60,
): Promise<{ readonly detach: () => Promise<readonly SystemCall[]> }> {
  const child = spawn('strace', ['-f', '-y', '-s', String(characters), '-e', traced, '-o', file, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`strace ended: ${said}`)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (/attached/.test(said)) resolve();
    });
  });
  return {
    detach: async () => {
      const closed = once(child, 'close');
      child.kill('SIGINT');
      await closed;
      return callsIn(readFileSync(file, 'utf8'));
    },
  };
}

/** `pid name(args) = result`, or in two parts where other processes did something in between. */
function callsIn(text: string): readonly SystemCall[] {
  const begun = new Map<string, string>();
  return text.split('\n').flatMap((line): SystemCall[] => {
    const [, pid, rest] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined || rest === undefined) return [];
    const [, resumed] = /^<\.\.\. (\w+) resumed>/.exec(rest) ?? [];
    if (resumed !== undefined) {
      const whole = begun.get(pid) ?? '';
      begun.delete(pid);
      return [{ pid, name: resumed, text: whole, began: false, returned: !rest.includes('= -1') }];
    }
    const [, name] = /^(\w+)\(/.exec(rest) ?? [];
    if (name === undefined) return [];
    const unfinished = rest.endsWith('<unfinished ...>');
    if (unfinished) begun.set(pid, rest);
    return [{ pid, name, text: rest, began: true, returned: !unfinished && !rest.includes('= -1') }];
  });
}
