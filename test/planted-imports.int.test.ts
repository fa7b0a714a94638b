// Plants imports that the map of the layers forbids, and must see each refused. The list stands here by itself and is
// not made from the rules, so that a rule that was loosened by mistake is found.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ESLint, type Linter } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const nxRule = '@nx/enforce-module-boundaries';
const importRule = '@typescript-eslint/no-restricted-imports';

const forbidden: Readonly<Record<string, readonly string[]>> = {
  'packages/domain/src': [
    '@paystrata/application',
    '@paystrata/infra-sql',
    'zod',
    'tsyringe',
    'pg',
    'vitest',
    'node:fs',
    'fs',
  ],
  'packages/application/src': [
    ...['@paystrata/infra-inmemory', '@paystrata/composition', '@paystrata/conformance', '@paystrata/test-servers'],
    ...[
      'tsyringe',
      'reflect-metadata',
      'pino',
      'pg',
      'node:fs',
      'node:net',
      'node:fs/promises',
      'node:sqlite',
      'crypto',
    ],
  ],
  'packages/conformance/src': ['@paystrata/infra-inmemory', '@paystrata/composition', 'zod', 'tsyringe', 'pg'],
  'packages/infra-inmemory/src': [
    '@paystrata/infra-sql',
    '@paystrata/composition',
    '@paystrata/conformance',
    'pg',
    'tsyringe',
  ],
  'packages/infra-sql/src': [
    '@paystrata/infra-inmemory',
    '@paystrata/infra-eventsourced',
    '@temporalio/client',
    'reflect-metadata',
  ],
  'packages/infra-eventsourced/src': [
    '@paystrata/infra-temporal',
    '@paystrata/composition',
    'pg',
    '@temporalio/client',
    'tsyringe',
  ],
  'packages/infra-temporal/src': ['@paystrata/infra-eventsourced', '@paystrata/composition', 'pg', 'tsyringe'],
  'packages/infra-temporal/src/workflow': [
    ...['@paystrata/application', '@paystrata/infra-sql', '@temporalio/client', '@temporalio/worker', 'node:crypto'],
    ...['../activities/charge.ts', '../activities.ts', '../worker/start.ts'],
  ],
  'packages/composition/src': [
    '@paystrata/api',
    '@paystrata/cli',
    '@paystrata/conformance',
    'pg',
    '@temporalio/client',
  ],
  'apps/api/src': [
    '@paystrata/domain',
    '@paystrata/infra-inmemory',
    '@paystrata/infra-sql',
    '@paystrata/cli',
    'tsyringe',
    'pg',
  ],
  'apps/cli/src': [
    '@paystrata/domain',
    '@paystrata/infra-temporal',
    'tsyringe',
    'reflect-metadata',
    'pg',
    '@temporalio/client',
  ],
  'tools/servers/src': ['@paystrata/infra-sql', '@paystrata/composition'],
};

const permitted: Readonly<Record<string, readonly string[]>> = {
  'packages/domain/src': ['./money.ts'],
  'packages/application/src': ['@paystrata/domain', 'zod', 'node:crypto', 'node:async_hooks'],
  'packages/conformance/src': ['@paystrata/application', '@paystrata/domain', 'vitest', 'fast-check'],
  'packages/infra-sql/src': ['@paystrata/application', '@paystrata/domain', 'pg', 'node:sqlite'],
  'packages/infra-eventsourced/src': ['@paystrata/infra-inmemory', '@paystrata/infra-sql', 'node:worker_threads'],
  'packages/infra-temporal/src/workflow': ['@temporalio/workflow', '@paystrata/domain', './ledger.ts'],
  'packages/composition/src': [
    'tsyringe',
    'reflect-metadata',
    'zod',
    '@paystrata/infra-temporal',
    '@paystrata/infra-sql',
  ],
  'apps/api/src': ['@paystrata/application', '@paystrata/composition', 'fastify'],
  'apps/cli/src': ['@paystrata/api', '@paystrata/composition', 'commander', 'csv-parse'],
};

const cases = (list: typeof forbidden) =>
  Object.entries(list).flatMap(([room, names]) => names.map((name) => ({ room, name })));
const importOf = (name: string): string => `import { planted } from '${name}';\nexport const use = planted;\n`;

describe('the rules of the layers', () => {
  const eslint = new ESLint({ cwd: root, overrideConfigFile: 'eslint.boundaries.config.js' });
  const lint = async (path: string, text: string): Promise<readonly Linter.LintMessage[]> =>
    (await eslint.lintText(text, { filePath: join(root, path) })).flatMap(({ messages }) => messages);
  const rulesBroken = async (path: string, text: string) => (await lint(path, text)).map(({ ruleId }) => ruleId);

  beforeAll(() => {
    // The program of `npm run boundaries` makes the project graph that nx's rule reads.
    const program = ['scripts/lint.ts', '--boundaries', 'scripts/lint.ts'];
    const run = spawnSync(process.execPath, program, { cwd: root, encoding: 'utf8' });
    expect(run.status, run.stdout + run.stderr).toBe(0);
  }, 60_000);

  it.each(cases(forbidden))('refuse $name in $room', async ({ room, name }) => {
    const broken = await rulesBroken(`${room}/planted.ts`, importOf(name));
    expect(broken.filter((rule) => rule === nxRule || rule === importRule)).not.toEqual([]);
  });

  it.each(cases(permitted))('let $room import $name', async ({ room, name }) => {
    expect(await rulesBroken(`${room}/planted.ts`, importOf(name))).toEqual([]);
  });

  it.each([
    ['packages/domain/src', '../../application/src/index.ts'],
    ['apps/api/src', '../../../packages/infra-sql/src/index.ts'],
  ])('refuse to reach from %s into another package by path', async (room, path) => {
    expect(await rulesBroken(`${room}/planted.ts`, importOf(path))).toContain(nxRule);
  });

  it('refuse a type, a dynamic import and a re-export as they refuse an import', async () => {
    const planted = 'packages/application/src/planted.ts';
    expect(await rulesBroken(planted, "export type { Pool } from 'pg';\n")).toContain(nxRule);
    expect(await rulesBroken(planted, "import type { Pool } from 'pg';\nexport type P = Pool;\n")).toContain(nxRule);
    expect(await rulesBroken(planted, "export const late = import('pg');\n")).toContain(nxRule);
    expect(await rulesBroken(planted, "export const late = import('./a.ts');\n")).toContain('no-restricted-syntax');
  });

  it('let workflow code know the types of activities', async () => {
    const text = "import type { charge } from '../activities/charge.ts';\nexport type Charge = typeof charge;\n";
    expect(await rulesBroken('packages/infra-temporal/src/workflow/planted.ts', text)).toEqual([]);
  });

  it('give tests the test tools, the kit and the real servers, but no other layer', async () => {
    const test = 'packages/infra-sql/src/planted.int.test.ts';
    for (const name of ['vitest', '@paystrata/conformance', '@paystrata/test-servers']) {
      expect(await rulesBroken(test, importOf(name))).toEqual([]);
    }
    expect(await rulesBroken(test, importOf('@paystrata/infra-eventsourced'))).toContain(nxRule);
    expect(await rulesBroken('packages/domain/src/planted.test.ts', importOf('pg'))).toContain(nxRule);
  });

  it.each(['Date.now()', 'new Date()', 'Math.random()'])('refuse %s in the domain', async (call) => {
    expect(await rulesBroken('packages/domain/src/planted.ts', `export const value = ${call};\n`)).toHaveLength(1);
  });

  it('cannot be switched off by a comment', async () => {
    const text = `/* eslint-disable */\n${importOf('pg')}`;
    expect(await rulesBroken('packages/application/src/planted.ts', text)).toContain(nxRule);
  });

  it('are part of the whole lint too', async () => {
    const whole = new ESLint({ cwd: root });
    const only = new ESLint({ cwd: root, overrideConfigFile: 'eslint.boundaries.config.js' });
    const path = join(root, 'packages/application/src/index.ts');
    const rulesOf = async (eslint: ESLint): Promise<Partial<Linter.RulesRecord>> => {
      const config = (await eslint.calculateConfigForFile(path)) as Linter.Config;
      return config.rules ?? {};
    };
    const [inWhole, inOnly] = [await rulesOf(whole), await rulesOf(only)];
    expect(inOnly[nxRule]).toBeDefined();
    expect(inWhole[nxRule]).toEqual(inOnly[nxRule]);
    expect(inWhole[importRule]).toEqual(inOnly[importRule]);
  });
});
