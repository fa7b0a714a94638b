// No block of a page that people read goes untested: each is run somewhere, and these tests know where.

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publishedPackages } from './packages/pack-packages.ts';
import { accountsOf, listedCounts, type Account } from './snippets/accounts.ts';
import { snippetsByPage, snippetsOf, type Snippet } from './snippets/pages.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const pages = [...snippetsByPage()];

/** Where an example imports from is no part of what it says. */
const withoutSources = (code: string): string => code.replaceAll(/from '[^']*'/g, "from '…'");

/** What is wrong with the account that is given of a block; null where it is true. */
function wrongWith({ page, code }: Snippet, account: Account | undefined): string | null {
  switch (account?.kind) {
    case undefined:
      return 'nobody says who runs it: see test/snippets/accounts.ts';
    case 'program':
      return null;
    case 'quoted':
      return withoutSources(read(account.from)).includes(withoutSources(code)) ? null : `${account.from} differs`;
    case 'test':
    case 'made':
      return readsPage(account.by, page) ? null : `${account.by} does not read the page`;
    case 'scripts':
      return everyLine(code, /^npm (?:run )?([\w:]+)/, (name) => name in scripts);
    case 'installs':
      return everyLine(code, /^npm install (.+)/, (list) => list.split(' ').every((name) => published.has(name)));
  }
}

const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
const published = new Set(publishedPackages().map(({ name }) => name));

/** A test of a README stands in its package; another page is named by it. */
function readsPage(test: string, page: string): boolean {
  const folder = dirname(page);
  if (!existsSync(join(root, test)) || (folder.includes('/') && !test.startsWith(folder) && test !== packagesTest)) {
    return false;
  }
  return read(test).includes(basename(page)) || (test === packagesTest && basename(page) === 'README.md');
}

const packagesTest = 'test/packages.int.test.ts';

function everyLine(code: string, shape: RegExp, isRight: (part: string) => boolean): string | null {
  const wrong = code.split('\n').filter((line) => !isRight(shape.exec(line)?.[1] ?? ''));
  return wrong.length === 0 ? null : `there is no such thing: ${wrong.join('; ')}`;
}

describe('every block of a page', () => {
  it.each(pages)('%s', (page, snippets) => {
    const wrong = [...accountsOf(page, snippets)].flatMap(([snippet, account]) => {
      const what = wrongWith(snippet, account);
      return what === null ? [] : [`${page}:${snippet.line}: ${what}`];
    });
    expect(wrong).toEqual([]);
  });

  it('is there where it is listed', () => {
    const there = new Map(pages.map(([page, snippets]) => [page, accountsOf(page, snippets).size]));
    for (const [page, count] of listedCounts()) expect([page, there.get(page)]).toEqual([page, count]);
  });
});

describe('the account of a block', () => {
  const [block] = snippetsOf('docs/new.md', '# New\n\n```ts\nconst made = 1;\n```\n');
  if (block === undefined) throw new Error('there is a block');

  it('is missed where there is none, where the source has changed, and where the test knows nothing of the page', () => {
    expect(wrongWith(block, accountsOf('docs/new.md', [block]).get(block))).toContain('nobody says');
    expect(wrongWith(block, { kind: 'quoted', from: 'package.json' })).toContain('differs');
    expect(wrongWith(block, { kind: 'test', by: 'test/snippets.test.ts' })).toBeNull();
    expect(wrongWith(block, { kind: 'test', by: 'test/boundaries.int.test.ts' })).toContain('does not read');
    expect(wrongWith({ ...block, code: 'npm run nothing' }, { kind: 'scripts' })).toContain('npm run nothing');
    expect(wrongWith({ ...block, code: 'npm install left-pad' }, { kind: 'installs' })).toContain('left-pad');
  });

  it('is asked for whatever the language, and a block that is not closed is refused', () => {
    const [plain] = snippetsOf('docs/new.md', '```\nplain\n```');
    expect([plain?.language, plain?.code]).toEqual(['', 'plain']);
    expect(() => snippetsOf('docs/new.md', 'text\n```ts\n')).toThrow('docs/new.md:2');
  });
});
