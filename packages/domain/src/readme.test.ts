// The example of the README is the one that runs here, and does what it says.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { payment } from './testing/readme-example.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('quotes the example word for word', () => {
  const [, quoted] = /```ts\n([\s\S]*?)```/.exec(read('../README.md')) ?? [];
  const [, ...example] = read('./testing/readme-example.ts').split('\n\n');
  expect(quoted).toBe(example.join('\n\n').replace("'../index.ts'", "'@paystrata/domain'"));
});

it('leads where the README says', () => {
  expect(payment).toMatchObject({ status: 'partially_refunded', captured: 12_999n, refunded: 3000n, version: 5 });
});
