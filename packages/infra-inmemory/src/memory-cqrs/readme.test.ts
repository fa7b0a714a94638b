// The README: the example of memory-cqrs runs as it is quoted.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('quotes the example word for word', () => {
  const [, section = ''] = read('../../README.md').split('\n## memory-cqrs\n');
  const [, quoted] = /```ts\n([\s\S]*?)```/.exec(section) ?? [];
  const [, ...example] = read('./testing/readme-example.ts').split('\n\n');
  expect(quoted).toBe(example.join('\n\n').replace("'../../index.ts'", "'@paystrata/infra-inmemory'"));
});

it('leads where the README says', async () => {
  const { statistics, projected } = await import('./testing/readme-example.ts');
  expect(statistics).toMatchObject({ count: 1, byStatus: { completed: 1 } });
  expect(projected).toMatchObject({ checkpoint: 3, lag: 0 });
});
