// The example of the README does what it says.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('runs', () => {
  const folder = join(import.meta.dirname, '..');
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readFileSync(join(folder, 'README.md'), 'utf8')) ?? [];
  const said = execFileSync(
    process.execPath,
    ['--conditions=@paystrata/source', '--no-warnings', '--input-type=module-typescript', '--eval', example],
    { cwd: folder, encoding: 'utf8' },
  );
  expect(said).toMatch(/^version 1, on disk\n1 PaymentCreated \{/);
  expect(said).toContain('Compute in June');
});
