// The example of the README runs.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('the example of the README runs', () => {
  const room = join(import.meta.dirname, '..');
  const example = /```ts\n([^]*?)```/.exec(readFileSync(join(room, 'README.md'), 'utf8'))?.[1] ?? '';
  const node = ['--conditions=@paystrata/source', '--input-type=module-typescript', '--eval', example];
  expect(execFileSync(process.execPath, node, { cwd: room, encoding: 'utf8' })).toBe('postgres: false\n');
});
