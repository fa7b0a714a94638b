// docs/operations.md: what an operator is told to type, typed.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, systemPostgres, type PostgresServer } from '@paystrata/test-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkplace, type Workplace } from './command.ts';
import { blocksOf, runScript } from './page-script.ts';
import { createdKey, payment, statistics } from './shapes.ts';

const blocks = blocksOf('docs/operations.md');
/** In the order of the page. */
const [serving, sqliteBackup, sqliteRestore, dump, restore, keys, verifying, archiving] = blocks;

/** Three payments; answers the id of the last, which is completed. */
async function fill(place: Workplace): Promise<string> {
  let last = '';
  for (const number of [1, 2, 3]) {
    const flags = ['--amount', String(number), '--currency', 'EUR', '--customer-name', `Customer ${number}`];
    last = payment.parse(await place.json('payments', 'create', ...flags, '--json')).id;
  }
  await place.json('payments', 'process', last, '--method', 'test_approve', '--json');
  return last;
}

describe('with SQLite', () => {
  let place: Workplace;
  let last = '';

  beforeAll(async () => {
    place = await createWorkplace();
    last = await fill(place);
  });
  afterAll(() => place.remove());

  it('keeps a root, and verifies with it', async () => {
    const [sealed, ...rest] = (verifying ?? '').trimEnd().split('\n');
    const { stdout } = await runScript([sealed ?? ''], place.folder, {});
    const [, root = ''] = /root to keep +([0-9a-f]{64}@\d+)/.exec(stdout) ?? [];
    const [again = ''] = rest;
    await runScript([again.replace('701333ff…c2be@15831', root)], place.folder, {});
    const other = again.replace(
      '701333ff…c2be@15831',
      root.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
    );
    await expect(runScript([other], place.folder, {})).rejects.toHaveProperty('code', 1);
  });

  it('backs up while another process has it open, and restores elsewhere', async () => {
    const server = place.with({ PAYSTRATA_PORT: '0' }).start('serve');
    await expect.poll(() => server.printed().stdout, { timeout: 30_000 }).toContain('serving');
    await runScript([sqliteBackup ?? ''], place.folder, {});
    server.child.kill('SIGTERM');
    await server.ended;
    await runScript([sqliteRestore ?? ''], place.folder, {});
    const restored = place.with({ PAYSTRATA_DATA_DIR: './restored' });
    expect(await restored.json('payments', 'get', last, '--json')).toMatchObject({
      status: 'completed',
      customer: { name: 'Customer 3' },
    });
    expect(await restored.json('stats', '--json')).toEqual(await place.json('stats', '--json'));
  });

  it('archives what is old', async () => {
    const lines = (archiving ?? '').replace('01980000-0000-7000-8000-000000000001', last);
    const { stdout } = await runScript([lines], place.folder, {});
    expect(stdout.match(/archive/gi)?.length).toBeGreaterThanOrEqual(3);
  });

  it('makes keys, lists and revokes them', async () => {
    const made = ['keys', 'create', '--organization', 'demo', '--scopes', 'read', '--json'];
    const { id } = createdKey.parse(await place.json(...made));
    const { stdout } = await runScript([(keys ?? '').replace('KEY-ID', id)], place.folder, {});
    expect(stdout.match(/psk_/g)).toHaveLength(2);
    expect(JSON.stringify(await place.json('keys', 'list', '--json'))).toMatch(new RegExp(`${id}.*"revokedAt":"`));
  });
});

describe('with PostgreSQL and its own tools', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-operations-'));
  let postgres: PostgresServer;
  let clients = '';
  let place: Workplace;
  let env: Readonly<Record<string, string>>;

  beforeAll(async () => {
    const programs = await systemPostgres();
    clients = join(programs.root, 'bin');
    postgres = await startPostgres({ own: true, programs });
    const [database, keyring] = [await postgres.createDatabase(), await postgres.createDatabase()];
    env = { PAYSTRATA_DATABASE_URL: database, PAYSTRATA_KEYRING: keyring };
    place = await createWorkplace(env);
  });
  afterAll(async () => {
    await place.remove();
    await postgres.stop();
    rmSync(folder, { recursive: true });
  });

  it('serves as several machines would', async () => {
    const [first = '', second = '', serve = ''] = (serving ?? '').trimEnd().split('\n');
    expect([first, second, serve]).toEqual([
      expect.stringMatching(/^export PAYSTRATA_DATABASE_URL=postgres:/),
      expect.stringMatching(/^export PAYSTRATA_KEYRING=postgres:/),
      'npx paystrata serve',
    ]);
    const server = place.with({ PAYSTRATA_PORT: '0' }).start(...serve.split(' ').slice(2));
    await expect.poll(() => server.printed().stdout, { timeout: 30_000 }).toContain('serving event-sourced');
    server.child.kill('SIGTERM');
    expect((await server.ended).code).toBe(0);
  });

  it('backs up with pg_dump, and restores into other databases', async () => {
    const id = await fill(place);
    const path = { PATH: `${clients}:${process.env['PATH'] ?? ''}` };
    await runScript([dump ?? ''], folder, { ...env, ...path });
    const [NEW_DATABASE_URL, NEW_KEYRING] = [await postgres.createDatabase(), await postgres.createDatabase()];
    await runScript([restore ?? ''], folder, { ...path, NEW_DATABASE_URL, NEW_KEYRING });
    const restored = await createWorkplace({
      PAYSTRATA_DATABASE_URL: NEW_DATABASE_URL,
      PAYSTRATA_KEYRING: NEW_KEYRING,
    });
    expect(await restored.json('payments', 'get', id, '--json')).toMatchObject({ customer: { name: 'Customer 3' } });
    const [before, after] = [await place.json('stats', '--json'), await restored.json('stats', '--json')];
    expect(statistics.parse(after)).toEqual(statistics.parse(before));
    await restored.remove();
  });
});
