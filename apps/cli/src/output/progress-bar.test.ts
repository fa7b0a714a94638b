// Progress, as a person at a terminal sees it, and as a program does not.

import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createTerminal } from '../terminal.ts';
import { showProgress } from './progress-bar.ts';

function terminal(isTTY: boolean) {
  const stderr = Object.assign(new PassThrough(), { isTTY, columns: 120, cursorTo: () => true, clearLine: () => true });
  const surroundings = { env: {}, cwd: '/', stop: new AbortController().signal };
  const shown = createTerminal({ stdout: new PassThrough(), stderr }, surroundings);
  return { shown, written: () => String(stderr.read() ?? '') };
}

it('shows how much is done, how fast, and how long it will take', () => {
  const { shown, written } = terminal(true);
  const bar = showProgress(shown, 'importing');
  bar.update({ done: 50, total: 200 });
  bar.stop();
  expect(written()).toMatch(/importing .*25% \| \S+ left \| 50, [\d,]+ a second/);
});

it('writes nothing where stderr is no terminal', () => {
  const { shown, written } = terminal(false);
  const bar = showProgress(shown, 'importing');
  bar.update({ done: 50, total: 200 });
  bar.stop();
  expect(written()).toBe('');
});
