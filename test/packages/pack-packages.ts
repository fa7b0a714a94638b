// Builds what is published, and packs it as the registry would get it.

import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

export interface Package {
  readonly name: string;
  /** Its folder in the repository. */
  readonly folder: string;
  /** The file that was packed. */
  readonly tarball: string;
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
}

/** All that is published. */
export function publishedPackages(): readonly Pick<Package, 'name' | 'folder'>[] {
  return ['packages', 'apps'].flatMap((room) =>
    readdirSync(join(root, room)).flatMap((each) => {
      const folder = join(root, room, each);
      if (!existsSync(join(folder, 'package.json'))) return [];
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
      return manifest.private === true ? [] : [{ name: manifest.name, folder }];
    }),
  );
}

/** One build, one tarball a package. @throws Error with what the tools said. */
export async function packPackages(destination: string): Promise<readonly Package[]> {
  await npm(['run', '--silent', 'build'], root);
  const packages = publishedPackages();
  const workspaces = packages.flatMap(({ name }) => ['--workspace', name]);
  const packed = await npm(
    ['pack', '--json', '--ignore-scripts', '--pack-destination', destination, ...workspaces],
    root,
  );
  const answer = JSON.parse(packed) as Parameters<typeof filesOf>[0];
  const files = new Map(filesOf(answer).map(({ name, filename }) => [name, filename]));
  return packages.map((each) => ({ ...each, tarball: join(destination, files.get(each.name) ?? '') }));
}

interface Packed {
  readonly name: string;
  readonly filename: string;
}

/** npm answers a list, or since its version 11 an object by name. */
function filesOf(packed: readonly Packed[] | Readonly<Record<string, Packed>>): readonly Packed[] {
  return Object.values(packed);
}

/** Runs npm, and whatever it runs, with the Node of this process. */
export async function npm(args: readonly string[], cwd: string): Promise<string> {
  const ran = execute('npm', args, { cwd, env: nodeFirst(), maxBuffer: 64 * 1024 * 1024 });
  const { stdout } = await ran.catch((cause: unknown) => {
    // The compiler complains on stdout.
    const said = cause instanceof Error && 'stdout' in cause ? String(cause.stdout) : '';
    throw new Error(`npm ${args.join(' ')} failed\n${said.slice(-4000)}`, { cause });
  });
  return stdout;
}

/** An environment without our settings, in which `node` is the one of this process. */
export function nodeFirst(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('PAYSTRATA_'));
  return { ...Object.fromEntries(inherited), PATH: `${join(process.execPath, '..')}:${process.env['PATH'] ?? ''}` };
}
