// The layers of the map, as rules: which room may import which room, and which npm packages and Node modules.
// Run through `npm run boundaries`, which makes nx's project graph first: without a graph nx's rule is silently skipped.
import { builtinModules } from 'node:module';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

const drivers = ['pg', 'pg-*', 'redis', '@redis/*', 'ioredis', '@temporalio/*', '@opensearch-project/*', '@elastic/*'];
const container = ['tsyringe', 'reflect-metadata'];

/** Each room: the layers it may import, and the npm packages (`allowed`: no others; `banned`: any but these). */
const rooms = {
  domain: { may: [], allowed: [] },
  application: { may: ['domain'], allowed: ['zod'] },
  // The kit feeds strategies with payments of the domain, so it needs the domain's constructors besides the ports.
  conformance: { may: ['application', 'domain'], allowed: ['vitest', 'fast-check'] },
  inmemory: {
    may: ['application', 'domain'],
    allowed: ['zod', 'redis', '@redis/*', 'ioredis', 'lru-cache', 'cockatiel', 'rate-limiter-flexible'],
  },
  sql: { may: ['application', 'domain'], allowed: ['kysely', 'pg', 'pg-*'] },
  eventsourced: { may: ['application', 'domain', 'inmemory', 'sql'], allowed: ['zod'] },
  multisource: {
    may: ['application', 'domain', 'inmemory', 'sql'],
    allowed: ['zod', 'redis', '@redis/*', 'ioredis', '@opensearch-project/*', '@elastic/*', 'cockatiel', 'lru-cache'],
  },
  temporal: { may: ['application', 'domain', 'inmemory', 'sql'], allowed: ['zod', '@temporalio/*'] },
  composition: {
    may: ['application', 'domain', 'inmemory', 'sql', 'eventsourced', 'multisource', 'temporal'],
    allowed: [...container, 'zod', 'pino', 'pino-*', 'fastest-levenshtein'],
  },
  api: { may: ['application', 'composition', 'console'], banned: [...container, ...drivers] },
  cli: { may: ['application', 'composition', 'api'], banned: [...container, ...drivers] },
  // It runs in a browser: only what touches nothing of Node, which is the domain and the tokenizer of the search.
  console: { may: ['application', 'domain'], banned: [...container, ...drivers] },
  tools: { may: [], banned: [] },
};

/** Tests stand beside the code: they may use the test tools, the kit and the real servers besides what the code may. */
const testTools = { layers: ['conformance', 'tools'], packages: ['vitest', 'fast-check', 'dinero.js*'] };

/** Node modules that do no I/O; the application reaches everything else through a port. */
const nodeModulesWithoutIo = [
  'crypto',
  'zlib',
  'async_hooks',
  'events',
  'util',
  'timers',
  'timers/promises',
  'perf_hooks',
];

const constraint = ([room, { may, allowed, banned }], forTests) => ({
  sourceTag: `layer:${room}`,
  onlyDependOnLibsWithTags: [...may, ...(forTests ? testTools.layers : [])].map((layer) => `layer:${layer}`),
  ...(allowed && { allowedExternalImports: [...allowed, ...(forTests ? testTools.packages : [])] }),
  ...(banned && { bannedExternalImports: banned }),
});

const layers = (forTests) => [
  'error',
  {
    allow: [],
    banTransitiveDependencies: true,
    depConstraints: [
      ...Object.entries(rooms).map((room) => constraint(room, forTests)),
      { sourceTag: 'layer:bench', onlyDependOnLibsWithTags: ['*'] },
    ],
  },
];

/** A Node module without its prefix would slip past every rule that speaks of `node:`. */
const bareNodeModules = {
  regex: `^(${builtinModules.filter((name) => !name.startsWith('_') && !name.includes(':')).join('|')})$`,
  message: 'Write node: before the name.',
};
const refuse = (...patterns) => ['error', { patterns: [bareNodeModules, ...patterns] }];

const noNodeAtAll = { regex: '^(node:|bun:|deno:)', message: 'The domain is pure: it imports no runtime module.' };
const noIo = {
  group: ['node:*', 'node:*/**', ...nodeModulesWithoutIo.map((name) => `!node:${name}`)],
  message: 'The application does no I/O: reach it through a port.',
};
const workflowSdk = {
  regex: '^(?!\\.|@temporalio/workflow$|@temporalio/common$|@paystrata/domain$)',
  message: 'Workflow code is replayed: it imports the workflow SDK, the domain and types of activities only.',
};
const activityTypes = {
  regex: '^\\.\\..*/(activities|worker|client)(/|\\.ts$)',
  allowTypeImports: true,
  message: 'Workflow code knows activities by their types only.',
};
const noDynamicImport = {
  selector: 'ImportExpression',
  message: 'Only composition loads packages at run time; here every import is visible at the top of the file.',
};

const noClock = {
  selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
  message: 'Time comes in with the command.',
};

const sources = ['{packages,apps,tools}/*/{src,e2e}/**/*.ts', 'apps/console/app/**/*.{ts,tsx}', 'bench/**/*.ts'];
const tests = ['**/*.test.ts', '**/src/**/testing/**/*.ts', 'apps/*/e2e/**/*.ts'];

/** @type {import('typescript-eslint').ConfigArray} */
export const boundaries = [
  { plugins: { '@nx': nx, '@typescript-eslint': tseslint.plugin } },
  {
    files: sources,
    rules: {
      '@nx/enforce-module-boundaries': layers(false),
      '@typescript-eslint/no-restricted-imports': refuse(),
    },
  },
  { files: tests, rules: { '@nx/enforce-module-boundaries': layers(true) } },
  {
    files: ['packages/domain/src/**/*.ts'],
    ignores: tests,
    rules: {
      '@typescript-eslint/no-restricted-imports': refuse(noNodeAtAll),
      'no-restricted-syntax': ['error', noDynamicImport, noClock],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time comes in with the command.' },
        { object: 'Math', property: 'random', message: 'Random values come in with the command.' },
      ],
    },
  },
  {
    files: ['packages/application/src/**/*.ts'],
    ignores: tests,
    rules: {
      '@typescript-eslint/no-restricted-imports': refuse(noIo),
      'no-restricted-syntax': ['error', noDynamicImport],
    },
  },
  {
    files: ['packages/infra-temporal/src/workflow/**/*.ts'],
    ignores: tests,
    rules: {
      '@typescript-eslint/no-restricted-imports': refuse(workflowSdk, activityTypes),
      'no-restricted-syntax': ['error', noDynamicImport],
    },
  },
];

/** Paths that no lint reads. */
export const unread = {
  ignores: [
    ...['**/node_modules/**', '**/dist/**', '**/built/**', '**/.nx/**', '**/coverage/**', '**/.paystrata/**'],
    // Made by a program.
    'apps/console/app/api/schema.d.ts',
  ],
};

export default [
  unread,
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parser: tseslint.parser },
    // No comment in a file can switch a boundary off.
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
  },
  ...boundaries,
];
