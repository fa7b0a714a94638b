// Four kinds of test, each a project: fast (beside the code), int (real servers), e2e (a whole app), proof (too long
// for every run).
import { defineConfig } from 'vitest/config';

const sourceConditions = ['@paystrata/source'];
const everywhere = ['packages', 'apps', 'tools', 'bench'];
const never = ['**/node_modules/**', '**/dist/**', '**/.nx/**'];
const e2e = ['apps/*/e2e/**/*.test.ts'];

/** Vite and the Node externals that tests spawn must both resolve workspace packages to their sources. */
const resolution = {
  resolve: { conditions: sourceConditions },
  ssr: { resolve: { conditions: sourceConditions, externalConditions: sourceConditions } },
};

export default defineConfig({
  ...resolution,
  test: {
    // The transform cache does not notice a changed tsconfig: never trust it where the result counts.
    fsModuleCache: process.env['CI'] === undefined,
    // Of the machine that a test waits on nothing is known.
    expect: { poll: { timeout: 20_000 } },
    setupFiles: [`${import.meta.dirname}/test/setup/reflect-metadata.ts`],
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          // Loading the modules anew for each of the files would take as long as the tests. A fast test leaves nothing
          // behind that another could notice.
          isolate: false,
          // Some start a small program, which takes its time on a busy machine.
          testTimeout: 30_000,
          include: [...everywhere.map((room) => `${room}/**/*.test.ts`), 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...never, ...e2e, '**/*.int.test.ts', '**/*.proof.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'int',
          // Every server program is there before the first test, so that no test's time goes into getting it.
          globalSetup: [`${import.meta.dirname}/tools/servers/src/vitest-install.ts`],
          include: [...everywhere.map((room) => `${room}/**/*.int.test.ts`), 'test/**/*.int.test.ts'],
          exclude: [...never, ...e2e],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          globalSetup: [`${import.meta.dirname}/test/setup/console.ts`],
          include: e2e,
          exclude: never,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'proof',
          globalSetup: [`${import.meta.dirname}/test/setup/console.ts`],
          include: everywhere.map((room) => `${room}/**/*.proof.test.ts`),
          exclude: never,
          testTimeout: 3_600_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
