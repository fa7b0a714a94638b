// What is published: well-formed, with types that resolve, and each of it alone in an empty project, where its example runs.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTemporal } from '../tools/servers/src/index.ts';
import { exampleOf, examplesOf, installAlone, type EmptyProject } from './packages/empty-project.ts';
import { packPackages, publishedPackages, type Package } from './packages/pack-packages.ts';

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
  ['@paystrata/application'],
  ['@paystrata/infra-inmemory'],
  ['@paystrata/infra-sql'],
  ['@paystrata/infra-eventsourced'],
  ['@paystrata/infra-multisource'],
  ['@paystrata/console'],
  ['@paystrata/composition', '@paystrata/infra-eventsourced'],
];
/** Those that another program calls, with an export that it would use. */
const libraries: readonly (readonly [name: string, exported: string, ...beside: readonly string[]])[] = [
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

  it('@paystrata/infra-temporal: its example runs beside a Temporal server, with the SDK that it asks for', async () => {
    const { peerDependencies } = JSON.parse(
      readFileSync(join(packageOf('@paystrata/infra-temporal').folder, 'package.json'), 'utf8'),
    ) as { readonly peerDependencies: Readonly<Record<string, string>> };
    const sdk = Object.entries(peerDependencies).map(([name, range]) => `${name}@${range}`);
    const [example = '', worker = ''] = examplesOf(packageOf('@paystrata/infra-temporal'));
    const project = await alone('@paystrata/infra-temporal', ...sdk, ...importsOf(example));
    writeFileSync(join(project.folder, 'example.ts'), example);
    writeFileSync(join(project.folder, 'worker.ts'), `${worker}\nawait worker.stop();\nconsole.log('stopped');\n`);
    const temporal = await startTemporal();
    const run = (file: string) =>
      project.run(
        process.execPath,
        '--input-type=module',
        '--eval',
        `process.env.TEMPORAL_ADDRESS = '${temporal.address}'; await import('./${file}');`,
      );
    try {
      expect((await run('example.ts')).trimEnd().split('\n').at(-1)).toBe('completed');
      expect((await run('worker.ts')).trimEnd().split('\n').at(-1)).toBe('stopped');
    } finally {
      await temporal.stop();
    }
  });

  it('memory strategies bring no Temporal, no driver and no web server', async () => {
    const project = await alone('@paystrata/infra-inmemory');
    expect(
      project.installed().filter((each) => drivers.test(each) || /^(kysely|fastify|tsyringe)$/.test(each)),
    ).toEqual([]);
    expect(project.installed()).toContain('@paystrata/domain');
  });

  it('the API serves as its README says', async () => {
    const project = await alone('@paystrata/api', '@paystrata/composition', '@paystrata/infra-eventsourced');
    writeFileSync(join(project.folder, 'example.ts'), exampleOf(packageOf('@paystrata/api')) ?? '');
    const server = await project.serve(process.execPath, 'example.ts');
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    await server.end();
  });

  it('the command line is installed and serves as docs/getting-started.md says, and creates and finds a payment', async () => {
    const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'getting-started.md'), 'utf8');
    const [, list = '', command = ''] = /npm install (.+)\nnpx (.+)/.exec(page) ?? [];
    const [first = '', ...rest] = list.split(' ');
    const project = await alone(first, ...rest);
    expect(project.installed().filter((each) => drivers.test(each))).toEqual([]);
    const [program = '', ...args] = command.split(' ');
    const paystrata = join(project.folder, 'node_modules', '.bin', program);
    const server = await project.serve(paystrata, ...args);
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    await server.end();
    await project.run(paystrata, 'payments', 'create', '--amount', '12.50', '--currency', 'EUR', '--json');
    expect(await project.run(paystrata, 'payments', 'list', '--json')).toContain('"amount":1250');
    expect(JSON.parse(await project.run(paystrata, 'doctor', '--json'))).toMatchObject({ ok: true });
  });
});

/** What talks to a server: it is installed by who chooses one, and by nobody else. */
const drivers = /^(@temporalio|@redis|redis$|pg$|@opensearch|@elastic)/;

/** What an example imports of ours. */
function importsOf(example: string): readonly string[] {
  return [...new Set([...example.matchAll(/from '(@paystrata\/[a-z-]+)/g)].flatMap(([, name]) => name ?? []))];
}
