// The examples of the pages: each is type-checked, and each whole program runs to a good end.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeFirst } from './packages/pack-packages.ts';
import { accountsOf } from './snippets/accounts.ts';
import { snippetsByPage, type Snippet } from './snippets/pages.ts';
import { typeErrors } from './snippets/type-errors.ts';

const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'paystrata-examples-'));
const accounts = [...snippetsByPage()].flatMap(([page, snippets]) => [...accountsOf(page, snippets)]);
const programs = accounts.flatMap(([snippet, account]): [string, Snippet][] =>
  account?.kind === 'program' ? [[`${snippet.page}:${snippet.line}`, snippet]] : [],
);

afterAll(() => rmSync(scratch, { recursive: true }));

it('every example in TypeScript is of the types that it uses', () => {
  // What is quoted is checked where it stands, with the files that it imports.
  const examples = accounts.filter(([{ language }, account]) => language === 'ts' && account?.kind !== 'quoted');
  expect(examples.length).toBeGreaterThan(5);
  expect(typeErrors(examples.map(([snippet]) => snippet))).toEqual([]);
});

it('an example that is wrong is found at its line', () => {
  const wrong = { page: 'docs/new.md', line: 10, language: 'ts', code: 'const one = 1;\nconst two: string = one;\n' };
  expect(typeErrors([wrong])).toEqual(["docs/new.md:12: Type 'number' is not assignable to type 'string'."]);
});

describe('an example runs to its end', () => {
  it.each(programs)('%s', async (_name, { page, language, code }) => {
    expect(language).toBe('ts');
    const args = ['--conditions=@paystrata/source', '--no-warnings', '--input-type=module-typescript', '--eval', code];
    // Packages are found from where the page is; what the example writes goes into a folder of ours.
    const env = { ...nodeFirst(), TMPDIR: scratch };
    await promisify(execFile)(process.execPath, args, { cwd: join(root, dirname(page)), env });
  });
});
