// The examples of the README do what they say.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, '..');
const examples = [...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(
  ([, text]) => text,
);

function run(example = ''): string[] {
  const said = execFileSync(
    process.execPath,
    ['--conditions=@paystrata/source', '--no-warnings', '--input-type=module-typescript', '--eval', example],
    { cwd: folder, encoding: 'utf8' },
  );
  return said.trimEnd().split('\n');
}

it('makes payments, and finds them again in another process', () => {
  expect(run(examples[0])).toEqual([
    'completed 12999n Compute in June',
    '1 PaymentCreated',
    '2 PaymentProcessingStarted',
    '3 PaymentProcessed',
  ]);
});

it("keeps a team's own events, and follows them", () => {
  expect(run(examples[1])).toEqual(['true 1', 'true 2', 'false 2', '1 CreditAdded 60', '2 CreditAdded 30']);
});
