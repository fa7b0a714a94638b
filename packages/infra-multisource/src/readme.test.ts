// The example of the README does what it says.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, '..');

it('pays, reads from a source and then from the cache, and finds no difference', () => {
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readFileSync(join(folder, 'README.md'), 'utf8')) ?? [];
  const said = execFileSync(
    process.execPath,
    ['--conditions=@paystrata/source', '--no-warnings', '--input-type=module-typescript', '--eval', example],
    { cwd: folder, encoding: 'utf8' },
  );
  const [source, ...rest] = said.trimEnd().split('\n');
  expect(source).toMatch(/^(sql|memory|files)$/);
  expect(rest).toEqual(['Compute in June', 'cache', 'Compute in June', '0']);
});
