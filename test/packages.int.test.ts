// What is published: well-formed, with types that resolve, and each of it alone in an empty project, where its example runs.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleOf, installAlone, type EmptyProject } from './packages/empty-project.ts';
import { nodeFirst, packPackages, publishedPackages, type Package } from './packages/pack-packages.ts';

const folder = mkdtempSync(join(tmpdir(), 'paystrata-packages-'));
let packages: readonly Package[];

beforeAll(async () => {
  packages = await packPackages(folder);
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function packageOf(name: string): Package {
  const found = packages.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${name} was not packed`);
  return found;
}

function alone(name: string, ...more: readonly string[]): Promise<EmptyProject> {
  return installAlone(join(folder, name.replace('@', '')), [name, ...more], packages);
}

const names = publishedPackages().map(({ name }) => name);

describe.each(names)('%s', (name) => {
  it('is packed as it should be', async () => {
    const tarball = new Uint8Array(readFileSync(packageOf(name).tarball)).buffer;
    const { messages, pkg } = await publint({ strict: true, pack: { tarball } });
    expect(messages.map((each) => formatMessage(each, pkg, { color: false }))).toEqual([]);
  });

  it('has types that resolve wherever ES modules do', async () => {
    const checked = await checkPackage(
      createPackageFromTarballData(new Uint8Array(readFileSync(packageOf(name).tarball))),
    );
    // Only ES modules are published: CommonJS of Node 24 may `require` them, older resolutions are none of ours.
    const wrong = (checked.types === false ? [] : checked.problems).filter(
      (problem) => !('resolutionKind' in problem && ['node10', 'node16-cjs'].includes(problem.resolutionKind)),
    );
    expect(wrong).toEqual([]);
    expect(checked.types).not.toBe(false);
  });
});

/** Packages whose example is a whole program, with what the reader has to choose besides. */
const programs: readonly (readonly [name: string, ...beside: readonly string[]])[] = [
  ['@paystrata/domain'],
  ['@paystrata/infra-inmemory'],
  ['@paystrata/infra-sql'],
  ['@paystrata/infra-eventsourced'],
  ['@paystrata/composition', '@paystrata/infra-eventsourced'],
];
/** Those that another program calls, with an export that it would use. */
const libraries: readonly (readonly [name: string, exported: string, ...beside: readonly string[]])[] = [
  ['@paystrata/application', 'strategyFromStore'],
  ['@paystrata/conformance', 'allCases'],
];

describe('alone in an empty project', () => {
  it.each(programs)('%s: its example runs', async (name, ...beside) => {
    const project = await alone(name, ...beside, ...importsOf(exampleOf(packageOf(name)) ?? ''));
    writeFileSync(join(project.folder, 'example.ts'), exampleOf(packageOf(name)) ?? '');
    await project.run(process.execPath, 'example.ts');
  });

  it.each(libraries)('%s: exports %s', async (name, exported, ...beside) => {
    const project = await alone(name, ...beside);
    const program = `import { ${exported} } from '${name}'; if (${exported} === undefined) process.exit(1);`;
    await project.run(process.execPath, '--input-type=module', '--eval', program);
  });

  it('memory strategies bring no Temporal, no driver and no web server', async () => {
    const project = await alone('@paystrata/infra-inmemory');
    const drivers = /^(@temporalio|@redis|redis$|pg$|kysely$|fastify|@opensearch|tsyringe$)/;
    expect(project.installed().filter((each) => drivers.test(each))).toEqual([]);
    expect(project.installed()).toContain('@paystrata/domain');
  });

  it('the API serves as its README says', async () => {
    const project = await alone('@paystrata/api', '@paystrata/composition', '@paystrata/infra-eventsourced');
    writeFileSync(join(project.folder, 'example.ts'), exampleOf(packageOf('@paystrata/api')) ?? '');
    const env = { ...nodeFirst(), PAYSTRATA_PORT: '0', PAYSTRATA_LOG_LEVEL: 'error' };
    const server = spawn(process.execPath, ['example.ts'], {
      cwd: project.folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
    const url = /http:\S+/.exec(line)?.[0] ?? '';
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    server.kill('SIGTERM');
    expect((await once(server, 'exit'))[0]).toBe(0);
  });

  it('the command line creates and finds a payment', async () => {
    const project = await alone('@paystrata/cli', '@paystrata/infra-eventsourced');
    const paystrata = join('node_modules', '.bin', 'paystrata');
    await project.run(paystrata, 'payments', 'create', '--amount', '12.50', '--currency', 'EUR', '--json');
    expect(await project.run(paystrata, 'payments', 'list', '--json')).toContain('"amount":1250');
    expect(JSON.parse(await project.run(paystrata, 'doctor', '--json'))).toMatchObject({ ok: true });
  });
});

/** What an example imports of ours. */
function importsOf(example: string): readonly string[] {
  return [...new Set([...example.matchAll(/from '(@paystrata\/[a-z-]+)/g)].flatMap(([, name]) => name ?? []))];
}
