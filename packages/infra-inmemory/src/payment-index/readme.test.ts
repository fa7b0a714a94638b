// The README: the example of the payment index runs as it is quoted.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('quotes the example word for word', () => {
  const [, section = ''] = read('../../README.md').split('\n## The payment index\n');
  const [, quoted] = /```ts\n([\s\S]*?)```/.exec(section) ?? [];
  const [, ...example] = read('./testing/readme-example.ts').split('\n\n');
  expect(quoted).toBe(example.join('\n\n').replace("'../../index.ts'", "'@paystrata/infra-inmemory'"));
});

it('leads where the README says', async () => {
  const { page, explanation, statistics, problems, held } = await import('./testing/readme-example.ts');
  expect(page.payments.map(({ payment }) => payment.personal.description)).toEqual(['compute in June']);
  expect(explanation).toMatchObject({ way: 'few', visited: 2 });
  expect(statistics).toMatchObject({ count: 2, byStatus: { pending: 2 } });
  expect(problems).toEqual([]);
  expect(held).toMatchObject({ payments: 3, organizations: 1 });
});
