// A project that has nothing but the packages it asked for.

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { nodeFirst, npm, type Package } from './pack-packages.ts';

const execute = promisify(execFile);

export interface EmptyProject {
  readonly folder: string;
  /** Every package that was installed for it. */
  installed(): readonly string[];
  /** Runs a program with plain Node, in the project; answers what it printed. @throws Error */
  run(program: string, ...args: readonly string[]): Promise<string>;
}

/** Ours come from their tarballs, also where one needs another; the rest from the registry. No script runs. */
export async function installAlone(
  folder: string,
  names: readonly string[],
  packages: readonly Package[],
): Promise<EmptyProject> {
  const ours = Object.fromEntries(packages.map(({ name, tarball }) => [name, `file:${tarball}`]));
  const dependencies = Object.fromEntries(names.map((name) => [name, ours[name] ?? '*']));
  mkdirSync(folder, { recursive: true });
  const manifest = { name: 'empty', private: true, type: 'module', dependencies, overrides: ours };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], folder);
  return {
    folder,
    installed: () => installedIn(folder),
    run: async (program, ...args) => {
      const { stdout } = await execute(program, args, { cwd: folder, env: nodeFirst() });
      return stdout;
    },
  };
}

interface Lock {
  readonly packages: Readonly<Record<string, unknown>>;
}

function installedIn(folder: string): readonly string[] {
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as Lock;
  const modules = join(folder, 'node_modules');
  if (!existsSync(modules) || readdirSync(modules).length === 0) throw new Error('nothing was installed');
  return Object.keys(lock.packages).flatMap((path) => path.split('node_modules/').at(-1) ?? []);
}

/** The first example in TypeScript of a package's README; null where it has none. */
export function exampleOf({ folder }: Pick<Package, 'folder'>): string | null {
  return /```ts\n([\s\S]*?)```/.exec(readFileSync(join(folder, 'README.md'), 'utf8'))?.[1] ?? null;
}
