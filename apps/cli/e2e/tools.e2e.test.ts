// Tools of an operator, with the real command: doctor, and moving a store.

import { createServer } from 'node:net';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTemporal } from '@paystrata/test-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkplace, type Workplace } from './command.ts';

let place: Workplace;

beforeAll(async () => {
  place = await createWorkplace();
});

afterAll(() => place.remove());

interface Report {
  readonly ok: boolean;
  readonly findings: readonly { readonly check: string; readonly state: string; readonly remedy: string | null }[];
}

async function examined(workplace: Workplace): Promise<Report & { readonly code: number | null }> {
  const { stdout, code } = await workplace.run('doctor', '--json');
  return { ...(JSON.parse(stdout) as Report), code };
}

describe('paystrata doctor', () => {
  it('finds nothing wrong in an empty folder, and says what comes next', async () => {
    const { ok, code, findings } = await examined(place);
    expect([ok, code]).toEqual([true, 0]);
    expect(findings).toContainEqual(expect.objectContaining({ check: 'API keys', state: 'warning' }));
  });

  it.each(['memory-cqs', 'memory-cqrs', 'event-sourced', 'multi-source'])('examines %s', async (strategy) => {
    const { ok, findings } = await examined(place.with({ PAYSTRATA_STORAGE: strategy }));
    expect([strategy, ok, findings.filter(({ state }) => state === 'failed')]).toEqual([strategy, true, []]);
    const isLasting = !strategy.startsWith('memory');
    expect(findings.some(({ check }) => check === 'durability')).toBe(!isLasting);
  });

  it('examines temporal: without a server, with one that may forget, and with one that is allowed to', async () => {
    const none = await examined(
      place.with({ PAYSTRATA_STORAGE: 'temporal', PAYSTRATA_TEMPORAL_ADDRESS: '127.0.0.1:1' }),
    );
    const [away] = none.findings.filter(({ check }) => check === 'temporal');
    expect(away).toMatchObject({ state: 'failed', remedy: expect.stringContaining('TEMPORAL_ADDRESS') as string });
    await using server = await startTemporal();
    const there = place.with({ PAYSTRATA_STORAGE: 'temporal', PAYSTRATA_TEMPORAL_ADDRESS: server.address });
    expect(JSON.stringify((await examined(there)).findings)).toMatch(/temporal.allowVolatile/);
    expect(await examined(there.with({ PAYSTRATA_TEMPORAL_ALLOW_VOLATILE: 'true' }))).toMatchObject({
      ok: true,
      code: 0,
    });
  });

  it('names the server that nobody answers at, the setting, and what to do; exits with 1', async () => {
    // A port that was free a moment ago.
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    server.close();
    await once(server, 'close');
    const { ok, code, findings } = await examined(place.with({ PAYSTRATA_REDIS_URL: `redis://127.0.0.1:${port}` }));
    expect([ok, code]).toEqual([false, 1]);
    const [redis] = findings.filter(({ check }) => check === 'redis');
    expect(redis).toMatchObject({ state: 'failed', remedy: expect.stringContaining('PAYSTRATA_REDIS_URL') as string });
  });

  it('lists everything that is wrong with the configuration, and with the API', async () => {
    const bad = await examined(place.with({ PAYSTRATA_PORT: 'x', PAYSTRATA_ROLE: 'king' }));
    expect(bad.findings.filter(({ state }) => state === 'failed')).toHaveLength(2);
    const away = await examined(place.with({ PAYSTRATA_API_URL: 'http://127.0.0.1:1', PAYSTRATA_API_KEY: 'psk_x' }));
    expect(away).toMatchObject({ ok: false, code: 1 });
  });

  it('prints a table for people', async () => {
    const { stdout } = await place.run('doctor');
    expect(stdout).toMatch(/^CHECK +STATE +FOUND\n/);
    expect(stdout).toContain('What to do:\n- API keys: ');
  });
});

describe('paystrata import FILE.ndjson', () => {
  it('takes what export wrote into another store, says what it did, and takes it once', async () => {
    await place.json('payments', 'create', '--amount', '12.50', '--currency', 'EUR', '--reference', 'moved', '--json');
    const { stdout } = await place.run('export');
    writeFileSync(join(place.folder, 'events.ndjson'), stdout);
    const other = place.with({ PAYSTRATA_DATA_DIR: './other' });
    const checked = await other.json('import', 'events.ndjson', '--dry-run', '--json');
    expect(checked).toEqual({ dryRun: true, read: 1, imported: 0, alreadyThere: 0 });
    expect(await other.json('import', 'events.ndjson', '--json')).toEqual({ read: 1, imported: 1, alreadyThere: 0 });
    expect(await other.json('import', 'events.ndjson', '--json')).toEqual({ read: 1, imported: 0, alreadyThere: 1 });
    expect((await other.run('payments', 'list', '--json')).stdout).toContain('"reference":"moved"');
    expect((await other.run('export')).stdout).toBe(stdout);
  });

  it('refuses flags about columns, a damaged line, and an API', async () => {
    const flags = await place.run('import', 'events.ndjson', '--currency', 'EUR');
    expect([flags.code, flags.stderr]).toEqual([2, expect.stringContaining('--currency is about CSV files')]);
    writeFileSync(join(place.folder, 'bad.ndjson'), '{"type":"PaymentCreated"}\n');
    const damaged = await place.run('import', 'bad.ndjson');
    expect([damaged.code, damaged.stderr]).toEqual([2, expect.stringContaining('line 1 is no event')]);
    const api = place.with({ PAYSTRATA_API_URL: 'http://127.0.0.1:1', PAYSTRATA_API_KEY: 'psk_x' });
    expect((await api.run('import', 'events.ndjson')).stderr).toContain('unset PAYSTRATA_API_URL');
  });
});
