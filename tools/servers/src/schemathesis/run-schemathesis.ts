// Schemathesis, which asks an API whatever its OpenAPI document allows, and more: a Python program from PyPI, in the cache.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedOnce } from '../install/cache-folder.ts';
import { runCommand } from '../install/run-command.ts';
import { ServerProgramMissing } from '../server-failure.ts';

/** All of it, each in one version: what is found must not depend on the day. */
const packages = `
  schemathesis==4.32.5 anyio==4.16.0 certifi==2026.10.18 charset-normalizer==3.5.2 click==8.5.1 graphql-core==3.3.2
  harfile==0.6.0 hypothesis==6.170.15 hypothesis-graphql==0.13.5 idna==3.20 iniconfig==2.3.1 jsonschema_rs==0.60.3
  markdown-it-py==4.3.0 MarkupSafe==3.0.4 mdurl==0.1.2 packaging==26.3 pluggy==1.7.0 Pygments==2.21.0
  pyrate-limiter==4.5.1 pytest==9.2.0 PyYAML==6.0.3 requests==2.34.2 rich==15.0.0 sortedcontainers==2.4.0
  typing_extensions==4.16.0 urllib3==2.8.0 Werkzeug==3.1.9`;

const start = 'from schemathesis.cli import schemathesis; schemathesis()';

export interface SchemathesisRun {
  /** Where the OpenAPI document is served. */
  readonly url: string;
  /** The folder to run in, for what it leaves behind. */
  readonly folder: string;
  /** Further arguments of the command `run`. */
  readonly args: readonly string[];
  /** A file of Python that is loaded first. */
  readonly hooks: string;
  /** The settings, a file of TOML. */
  readonly settings: string;
}

/**
 * Runs it to its end and answers its report.
 * @throws ServerProgramMissing where it cannot be had; Error with the end of its report where it found something.
 */
export async function runSchemathesis({ url, folder, args, hooks, settings }: SchemathesisRun): Promise<string> {
  const library = await schemathesisLibrary();
  const env = { PYTHONPATH: library, PYTHONDONTWRITEBYTECODE: '1', SCHEMATHESIS_HOOKS: hooks };
  const all = ['-c', start, '--config-file', settings, 'run', url, '--no-color', ...args];
  return runCommand('python3', all, { cwd: folder, env });
}

/** The folder of its packages. @throws ServerProgramMissing */
export async function schemathesisLibrary(): Promise<string> {
  try {
    return await installedOnce('schemathesis-4.32.5', install);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ServerProgramMissing(`Schemathesis: install Python 3.10 or later with pip.\n${reason}`, { cause });
  }
}

async function install(folder: string): Promise<void> {
  const wanted = packages.trim().split(/\s+/);
  const requirements = join(folder, 'requirements.txt');
  writeFileSync(requirements, wanted.join('\n'));
  const options = ['--quiet', '--no-deps', '--only-binary', ':all:', '--target', folder, '-r', requirements];
  await runCommand('python3', ['-m', 'pip', 'install', '--disable-pip-version-check', ...options]);
}
