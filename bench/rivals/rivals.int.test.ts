// The failure catalogue: red on the rival, so that we notice when it is mended there, and green on ours.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres, type PostgresServer } from '@paystrata/test-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rivalCases } from './cases.ts';
import type { RivalWorld } from './rival-case.ts';

let servers: readonly PostgresServer[] = [];
let world: RivalWorld;

beforeAll(async () => {
  const [server, elsewhere] = await Promise.all([startPostgres({ own: true }), startPostgres({ own: true })]);
  servers = [server, elsewhere];
  world = { database: () => server.createDatabase(), databaseElsewhere: () => elsewhere.createDatabase() };
});

afterAll(() => Promise.all(servers.map((server) => server.stop())));

describe.each(rivalCases)('$name', ({ onRival, onOurs, rival }) => {
  it(`goes wrong with ${rival}`, async () => {
    const finding = await onRival(world);
    expect(finding.broken, finding.saw).toBe(true);
  });

  it('goes right with ours', async () => {
    const finding = await onOurs(world);
    expect(finding.broken, finding.saw).toBe(false);
  });
});

it('is the catalogue that is published', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'failure-catalogue.md'), 'utf8');
  const headings = [...page.matchAll(/^## \d+\. (.+)$/gm)].map(([, heading]) => heading?.toLowerCase());
  expect(headings).toEqual(rivalCases.map(({ name }) => name.toLowerCase()));
});

it('names the versions that are installed', () => {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
  for (const { rival } of rivalCases) {
    const [, name, version] = /^(@\S+) (\d\S*)$/.exec(rival) ?? [];
    if (name !== undefined) expect(manifest).toHaveProperty(['dependencies', name], version);
  }
});
