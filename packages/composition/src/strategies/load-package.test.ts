// Optional packages: what is not installed is named, what is broken is not hidden.

import { expect, it } from 'vitest';
import { loadPackage } from './load-package.ts';

function missing(name: string): Error {
  return Object.assign(new Error(`Cannot find package '${name}' imported from somewhere`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
}

it('answers what the package exports', async () => {
  await expect(loadPackage('a', 'b', async () => ({ answer: 42 }))).resolves.toEqual({ answer: 42 });
});

it('says what to install', async () => {
  const loading = loadPackage('@paystrata/infra-x', 'the strategy x', () =>
    Promise.reject(missing('@paystrata/infra-x')),
  );
  await expect(loading).rejects.toThrow(
    'the strategy x needs @paystrata/infra-x: run `npm install @paystrata/infra-x`',
  );
  await expect(loading).rejects.toHaveProperty('code', 'CONFIG_INVALID');
});

it.each([missing('pg'), new SyntaxError('broken')])('hands on what else goes wrong: %s', async (error) => {
  await expect(loadPackage('@paystrata/infra-x', 'the strategy x', () => Promise.reject(error))).rejects.toBe(error);
});
