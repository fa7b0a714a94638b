import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeConformance } from '../vitest.ts';
import { createOwnStrategy, emptyData } from './own-strategy.ts';

describeConformance('own-strategy', {
  async create({ clock, ids }) {
    const strategy = createOwnStrategy(emptyData(ids.next()), { clock, ids });
    await strategy.start();
    return { strategy, dispose: () => strategy.stop() };
  },
});

const source = readFileSync(join(import.meta.dirname, 'own-strategy.ts'), 'utf8');

it('is under a hundred lines', () => {
  expect(source.trimEnd().split('\n').length).toBeLessThan(100);
});

it('is what the README shows', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
  expect(readme).toContain(source.trim());
});
