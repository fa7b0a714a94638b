// A project that has nothing but the packages it asked for.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { nodeFirst, npm, type Package } from './pack-packages.ts';

const execute = promisify(execFile);

export interface EmptyProject {
  readonly folder: string;
  /** Every package that was installed for it. */
  installed(): readonly string[];
  /** Runs a program with plain Node, in the project; answers what it printed. @throws Error */
  run(program: string, ...args: readonly string[]): Promise<string>;
  /** Starts the API, by this program; answers its address, and how to end it, which must go well. */
  serve(program: string, ...args: readonly string[]): Promise<{ readonly url: string; end(): Promise<void> }>;
}

/**
 * Ours come from their tarballs, also where one needs another; the rest from the registry, `name@range` or the newest. No
 * script runs.
 */
export async function installAlone(
  folder: string,
  names: readonly string[],
  packages: readonly Package[],
): Promise<EmptyProject> {
  const ours = Object.fromEntries(packages.map(({ name, tarball }) => [name, `file:${tarball}`]));
  const dependencies = Object.fromEntries(names.map((each) => [nameOf(each), ours[each] ?? rangeOf(each)]));
  mkdirSync(folder, { recursive: true });
  const manifest = { name: 'empty', private: true, type: 'module', dependencies, overrides: ours };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], folder);
  return {
    folder,
    installed: () => installedIn(folder),
    serve: (program, ...args) => serveFrom(folder, program, args),
    run: async (program, ...args) => {
      const { stdout } = await execute(program, args, { cwd: folder, env: nodeFirst() });
      return stdout;
    },
  };
}

const nameOf = (wanted: string): string => wanted.replace(/(?<=.)@.*$/, '');
const rangeOf = (wanted: string): string => /(?<=.)@(.*)$/.exec(wanted)?.[1] ?? '*';

async function serveFrom(folder: string, program: string, args: readonly string[]) {
  const env = { ...nodeFirst(), PAYSTRATA_PORT: '0', PAYSTRATA_LOG_LEVEL: 'error' };
  const server = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  const lines = createInterface({ input: server.stdout });
  const [line] = (await Promise.race([once(lines, 'line'), ended.then(() => [''])])) as [string];
  const [url] = /http:\/\/[^\s;]+/.exec(line) ?? [];
  if (url === undefined) throw new Error(`${program} does not serve: ${line}`);
  return {
    url,
    end: async () => {
      server.kill('SIGTERM');
      const [code] = (await ended) as [number | null];
      if (code !== 0) throw new Error(`${program} ended with ${code}`);
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
export function exampleOf(of: Pick<Package, 'folder'>): string | null {
  return examplesOf(of)[0] ?? null;
}

/** All of them. */
export function examplesOf({ folder }: Pick<Package, 'folder'>): readonly string[] {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  return [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);
}
