// How each block of each page is run, in the order of the page. A block that is not listed here fails a test.

import type { Snippet } from './pages.ts';

export type Account =
  /** Checked and run by `snippets.int.test.ts` as it stands. */
  | { readonly kind: 'program' }
  /** Word for word a part of this file, which runs; only where it imports from may differ. */
  | { readonly kind: 'quoted'; readonly from: string }
  /** This test reads the page and runs the block. */
  | { readonly kind: 'test'; readonly by: string }
  /** This test writes the page, blocks and all, and fails where it is old. */
  | { readonly kind: 'made'; readonly by: string }
  /** Each line names a script of package.json: those run everything, so nothing runs them. */
  | { readonly kind: 'scripts' }
  /** Each line installs packages that we publish; that they can be installed is shown by `packages.int.test.ts`. */
  | { readonly kind: 'installs' };

const program: Account = { kind: 'program' };
const scripts: Account = { kind: 'scripts' };
const by = (test: string): Account => ({ kind: 'test', by: test });
const from = (file: string): Account => ({ kind: 'quoted', from: file });

const apiReadme = by('apps/api/e2e/readme.e2e.test.ts');
const gettingStarted = by('apps/cli/e2e/getting-started.e2e.test.ts');
const frontPage = by('apps/cli/e2e/front-page.e2e.test.ts');
const operations = by('apps/cli/e2e/operations.e2e.test.ts');
const memory = 'packages/infra-inmemory/src';

const accounts: Readonly<Record<string, readonly Account[]>> = {
  'README.md': [scripts, frontPage, frontPage],
  'CONTRIBUTING.md': [scripts],
  'apps/api/README.md': [...Array<Account>(7).fill(apiReadme), from('apps/api/e2e/readme-example.ts')],
  'apps/cli/README.md': [by('apps/cli/e2e/readme.e2e.test.ts')],
  'apps/console/README.md': [program],
  'docs/errors.md': [{ kind: 'made', by: 'apps/api/src/problems/problems.test.ts' }],
  'docs/getting-started.md': [by('test/packages.int.test.ts'), ...Array<Account>(4).fill(gettingStarted)],
  'docs/operations.md': Array<Account>(8).fill(operations),
  'docs/write-your-own-strategy.md': [program],
  'packages/application/README.md': [program],
  'packages/composition/README.md': [from('packages/composition/src/testing/readme-example.ts')],
  'packages/conformance/README.md': [
    from('packages/conformance/src/example/own-strategy.test.ts'),
    from('packages/conformance/src/example/own-strategy.ts'),
  ],
  'packages/domain/README.md': [{ kind: 'installs' }, from('packages/domain/src/testing/readme-example.ts')],
  'packages/infra-eventsourced/README.md': [program, program],
  'packages/infra-inmemory/README.md': [
    from(`${memory}/payment-index/testing/readme-example.ts`),
    from(`${memory}/memory-cqrs/testing/readme-example.ts`),
  ],
  'packages/infra-multisource/README.md': [program],
  'packages/infra-sql/README.md': [program],
  'packages/infra-temporal/README.md': [by('test/packages.int.test.ts'), by('test/packages.int.test.ts')],
  'tools/servers/README.md': [by('tools/servers/src/readme.int.test.ts')],
};

/** Pages that are written by a test, all of them. */
const made: Readonly<Record<string, string>> = { 'docs/cli.md': 'apps/cli/src/cli-reference.test.ts' };

/** Pictures in words: nothing runs them. */
const drawings: readonly string[] = ['mermaid'];

/** Each block with how it is run; undefined where nobody says. */
export function accountsOf(page: string, snippets: readonly Snippet[]): ReadonlyMap<Snippet, Account | undefined> {
  const maker = made[page];
  const listed = accounts[page] ?? [];
  const running = snippets.filter(({ language }) => !drawings.includes(language));
  return new Map(
    running.map((snippet, place) => [
      snippet,
      maker === undefined ? listed[place] : ({ kind: 'made', by: maker } as const),
    ]),
  );
}

/** What is listed of pages, to be compared with what there is. */
export function listedCounts(): ReadonlyMap<string, number> {
  return new Map(Object.entries(accounts).map(([page, { length }]) => [page, length]));
}
