// What export wrote of one strategy is taken in by every other, and every question is then answered alike.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { parseOrganizationId, type EventView, type OrganizationId, type PaymentView } from '@paystrata/application';
import { loadConfig, type ConfigOverrides } from '@paystrata/composition';
import { startPostgres, startTemporal, type PostgresServer, type TemporalServer } from '@paystrata/test-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../client/client.ts';
import { openInProcess } from '../client/in-process/open-in-process.ts';
import { createTerminal } from '../terminal.ts';
import { EventImportStopped, importEvents } from './import-events.ts';

const organizations = ['acme', 'globex'].map((slug) => parseOrganizationId(slug)).filter((id) => id !== undefined);
const folder = mkdtempSync(join(tmpdir(), 'paystrata-move-'));
const file = join(folder, 'events.ndjson');
const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
const stop = new AbortController();
const terminal = createTerminal({ stdout: nowhere, stderr: nowhere }, { env: {}, cwd: folder, stop: stop.signal });
let postgres: PostgresServer;
let temporal: TemporalServer;
let events: readonly EventView[];
let expected: readonly unknown[];

let opened = 0;

function configOf(storage: NonNullable<ConfigOverrides['storage']>) {
  const dataDir = join(folder, String(opened++));
  return loadConfig({
    env: {},
    cwd: folder,
    overrides: {
      log: { level: 'silent' },
      storage: { dataDir, ...storage },
      temporal: { address: temporal.address, allowVolatile: true },
    },
  });
}

/** What both organizations are told of everything. */
async function answersOf(clientOf: (organization: OrganizationId) => Promise<Client>, ids: readonly string[]) {
  const all: unknown[] = [];
  for (const organization of organizations) {
    const client = await clientOf(organization);
    const range = { from: null, to: null };
    all.push(
      await client.ask({ type: 'PaymentStatistics', range, of: 'created' }),
      await client.ask({ type: 'PaymentAnalytics', filter: {}, interval: 'month', timezone: 'Asia/Kolkata' }),
      await client.ask({ type: 'SuggestPayments', prefix: 'c', field: null, limit: 10 }),
      withoutCursor(await client.ask({ type: 'SearchEvents', descending: false, limit: 100, cursor: null })),
      await client.ask({ type: 'EventStatistics', filter: {} }),
      await client.ask({ type: 'EventTrends', filter: {}, interval: 'week', timezone: 'UTC' }),
      await client.ask({ type: 'ReplayEvents' }),
    );
    for (const by of ['created', 'updated', 'amount', 'status'] as const) {
      const found = await client.ask({ type: 'SearchPayments', sort: { by, descending: true }, limit: 100 });
      all.push(withoutCursor(found));
    }
    for (const paymentId of ids) {
      all.push(await client.ask({ type: 'PaymentHistory', paymentId }).catch(codeOf));
      all.push(await client.ask({ type: 'PaymentTimeline', paymentId }).catch(codeOf));
      all.push(await client.ask({ type: 'GetPayment', paymentId, asOf: { version: 1 } }).catch(codeOf));
      all.push(await client.ask({ type: 'GetPayment', paymentId }).catch(codeOf));
    }
    await client.close();
  }
  return all;
}

/** Cursors are of one life of one log. */
function withoutCursor<List extends { readonly next: string | null }>({ next, ...list }: List) {
  return { ...list, more: next !== null };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : error;
}

/** A life of each kind. */
async function live(client: Client): Promise<void> {
  const create = (fields: object = {}) =>
    client.execute({ type: 'CreatePayment', amount: 1299, currency: 'EUR', description: 'compute', ...fields });
  const process = ({ id }: PaymentView, method: string) =>
    client.execute({ type: 'ProcessPayment', paymentId: id, method }).catch(codeOf);
  const paid = await create({ reference: 'INV-1', customer: { id: 'c-1', name: 'Clara Ltd', email: 'c@example.org' } });
  await process(paid, 'test_approve');
  await client.execute({ type: 'RefundPayment', paymentId: paid.id, amount: 299, reason: 'damaged' });
  await process(await create({ currency: 'JPY', amount: 700, metadata: { run: 'a b' } }), 'test_decline_expired_card');
  await process(await create({ userId: 'u-1', workflowId: 'w-1', resourceIds: ['r-1', 'r-2'] }), 'test_wrong_amount');
  await process(await create({ currency: 'KWD', amount: 12_345 }), 'test_timeout_then_approve');
  const changed = await create();
  await client.execute({ type: 'UpdatePayment', paymentId: changed.id, amount: 5, description: 'changed' });
  await client.execute({ type: 'CancelPayment', paymentId: changed.id, reason: 'twice' });
  await client.execute({ type: 'DeletePayment', paymentId: (await create()).id });
  const erased = await create({ customer: { id: 'c-2', name: 'Nobody', email: null } });
  await client.execute({ type: 'ErasePersonalData', paymentId: erased.id });
  await client.importRows(null, [
    { reference: 'old', amount: 5000n, currency: 'GBP', settled: true, createdAt: '2020-06-01T00:00:00Z' },
  ]);
}

beforeAll(async () => {
  [postgres, temporal] = await Promise.all([startPostgres(), startTemporal()]);
  const config = configOf({ strategy: 'event-sourced' });
  const clientOf = (organization: OrganizationId) => openInProcess(config, organization);
  for (const organization of organizations) {
    const client = await clientOf(organization);
    await live(client);
    await client.close();
  }
  const [first] = organizations;
  if (first === undefined) throw new Error('no organization');
  const client = await clientOf(first);
  const all: EventView[] = [];
  for await (const event of client.log(true)) all.push(event);
  events = all;
  await client.close();
  writeFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  expected = await answersOf(clientOf, paymentIds());
});

afterAll(async () => {
  await Promise.all([postgres.stop(), temporal.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

function paymentIds(): readonly string[] {
  return [...new Set(events.map(({ paymentId }) => paymentId))];
}

const targets: readonly (readonly [name: string, storage: () => Promise<NonNullable<ConfigOverrides['storage']>>])[] = [
  ['memory-cqs', async () => ({ strategy: 'memory-cqs' })],
  ['memory-cqrs', async () => ({ strategy: 'memory-cqrs' })],
  ['event-sourced in memory', async () => ({ strategy: 'event-sourced', databaseUrl: 'memory:' })],
  ['event-sourced on SQLite', async () => ({ strategy: 'event-sourced' })],
  [
    'event-sourced on PostgreSQL',
    async () => ({ strategy: 'event-sourced', databaseUrl: await postgres.createDatabase() }),
  ],
  ['temporal', async () => ({ strategy: 'temporal' })],
  ['multi-source, embedded', async () => ({ strategy: 'multi-source' })],
  [
    'multi-source on PostgreSQL',
    async () => ({ strategy: 'multi-source', databaseUrl: await postgres.createDatabase() }),
  ],
];

describe.each(targets)('%s', (_name, storage) => {
  it('answers every question as the store did that was exported, also when it was imported in two halves', async () => {
    const config = configOf(await storage());
    const [first] = organizations;
    if (first === undefined) throw new Error('no organization');
    const client = await openInProcess(config, first);
    const half = join(folder, 'half.ndjson');
    const lines = readFileSync(file, 'utf8').split('\n');
    const cut = Math.floor(lines.length / 2);
    writeFileSync(half, lines.slice(0, cut).join('\n'));
    expect(await importEvents(half, { dryRun: false }, client, terminal)).toMatchObject({ adopted: cut, known: 0 });
    const rest = events.length - cut;
    expect(await importEvents(file, { dryRun: false }, client, terminal)).toMatchObject({ adopted: rest, known: cut });
    const again = await importEvents(file, { dryRun: false }, client, terminal);
    expect(again).toEqual({
      read: events.length,
      line: events.length,
      adopted: 0,
      known: events.length,
      complete: true,
    });
    await client.close();
    // A store in memory is the client's own: each organization's is filled by itself.
    const clientOf = async (organization: OrganizationId) => {
      const opened = await openInProcess(config, organization);
      if (opened.durable) return opened;
      await importEvents(file, { dryRun: false }, opened, terminal);
      const everything = { kind: 'all', paymentId: null } as const;
      const watch = { onProgress: () => undefined, signal: stop.signal };
      // Nobody who imports brings a position: projections may be behind.
      const { actions } = await opened.storage();
      if (actions.includes('synchronize')) await opened.maintain('synchronize', everything, watch);
      return opened;
    };
    expect(await answersOf(clientOf, paymentIds())).toEqual(expected);
  });
});

describe('a file that is not whole', () => {
  const importing = async (text: string) => {
    const path = join(folder, 'other.ndjson');
    writeFileSync(path, text);
    const [first] = organizations;
    if (first === undefined) throw new Error('no organization');
    const client = await openInProcess(configOf({ strategy: 'memory-cqs' }), first);
    try {
      return await importEvents(path, { dryRun: false }, client, terminal);
    } finally {
      await client.close();
    }
  };
  const changed = (place: number, change: object) =>
    events.map((event, index) => JSON.stringify(index === place ? { ...event, ...change } : event)).join('\n');

  it('stops at the line that is no event, with the line', async () => {
    for (const line of ['{', '{}', '[]', 'null']) {
      const stopped = importing(`${JSON.stringify(events[0])}\n${line}\n`);
      await expect(stopped).rejects.toBeInstanceOf(EventImportStopped);
      await expect(stopped).rejects.toHaveProperty('cause.message', expect.stringContaining('line 2 is no event'));
    }
  });

  it('takes in no event that is changed in a way that cannot be: another type, time, version or amount', async () => {
    const changes = [
      { type: 'PaymentExploded' },
      { timestamp: 'yesterday' },
      { version: 7 },
      { data: { ...events[0]?.data, amount: { amount: '-5.5', currency: 'EUR' } } },
      { organizationId: 'Not A Slug' },
    ];
    for (const change of changes) {
      await expect(importing(changed(0, change)), JSON.stringify(change)).rejects.toBeInstanceOf(EventImportStopped);
    }
  });

  it('takes in no event over another of the same payment', async () => {
    const other = { ...events[0], eventId: crypto.randomUUID() };
    await expect(importing(`${JSON.stringify(events[0])}\n${JSON.stringify(other)}`)).rejects.toHaveProperty('cause');
  });

  it('asks for a file that is there', async () => {
    const missing = importEvents(
      join(folder, 'none.ndjson'),
      { dryRun: true },
      { adopt: async () => ({ adopted: 0, known: 0 }) },
      terminal,
    );
    await expect(missing).rejects.toHaveProperty('code', 'USAGE');
  });
});
