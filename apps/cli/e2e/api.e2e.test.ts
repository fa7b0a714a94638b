// The same commands upon a running API: the Leeds file goes in, and every answer is the one of the store itself.

import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createWorkplace, type Running, type Workplace } from './command.ts';
import { leeds, leedsFile, leedsFlags } from './leeds-file.ts';
import { createdKey, firstImport, importReport, listOfPayments, payment, secondImport } from './shapes.ts';

let store: Workplace;
let server: Running;
/** With an operator's key; the organization is named with each command. */
let api: Workplace;
let url = '';

beforeAll(async () => {
  store = await createWorkplace({ PAYSTRATA_LOG_LEVEL: 'warn' });
  server = store.with({ PAYSTRATA_PORT: '0' }).start('serve');
  await vi.waitUntil(() => server.printed().stdout.includes('shown this once'), { timeout: 60_000 });
  url = /http:\/\/\S+:\d+/.exec(server.printed().stdout)?.[0] ?? '';
  const scopes = ['--scopes', 'read,write,refund,admin'];
  const { key } = createdKey.parse(await store.json('keys', 'create', '--organization', '*', ...scopes, '--json'));
  api = store.with({ PAYSTRATA_API_URL: url, PAYSTRATA_API_KEY: key });
});

afterAll(async () => {
  if (server.child.exitCode === null) {
    server.child.kill('SIGKILL');
    await once(server.child, 'close');
  }
  await store.remove();
});

const council = ['--organization', leeds.council];

const questions = [
  'payments get PAYMENT',
  'payments get PAYMENT --as-of 1',
  'payments history PAYMENT',
  'payments timeline PAYMENT',
  'payments list --text school --min-amount 100 --sort amount --limit 20',
  'payments list --status pending,completed --metadata organizationName=Leeds City Council --page 2',
  'payments list --from 2020-06-24 --to 2020-06-25 --customer Penna Plc --asc',
  'stats --from 2020-06-01 --to 2020-06-15',
  'analytics --interval week --timezone Europe/London --text care',
  'suggest 2006-000 --field reference --limit 5',
  'events list --payment PAYMENT',
  'events search --where amount.amount gte 300000000 --type PaymentCreated --asc',
  'events replay --payment PAYMENT',
  'events stats --type PaymentCreated',
  'events trends --interval month',
].map((line): [string, readonly string[]] => [line, wordsOf(line)]);

/** Flags and their values, which may hold spaces. */
function wordsOf(line: string): readonly string[] {
  const [command = '', ...flags] = line.split(/ (?=--)/);
  return [
    ...command.split(' '),
    ...flags.flatMap((flag) => {
      const [name = '', ...value] = flag.split(' ');
      return value.length === 0 ? [name] : [name, value.join(' ')];
    }),
  ];
}

async function firstPayment(): Promise<string> {
  const list = await store.json('payments', 'list', ...council, '--reference', '2006-00001', '--json');
  return listOfPayments.parse(list).data[0]?.id ?? '';
}

describe('upon a running API', () => {
  it('the Leeds file is imported, exactly, and nothing of it a second time', async () => {
    const first = importReport.parse(await api.json('import', leedsFile, ...leedsFlags, '--json'));
    expect(first).toMatchObject(firstImport);
    expect(first.rejections).toHaveLength(leeds.rejected);
    const second = importReport.parse(await api.json('import', leedsFile, ...leedsFlags, '--json'));
    expect(second).toMatchObject(secondImport);
    expect(second.rejections).toEqual(first.rejections);
  });

  it('a dry run tells what is there, without asking for each row', async () => {
    const report = await api.json('import', leedsFile, ...leedsFlags, '--dry-run', '--json');
    expect(report).toMatchObject({ ...secondImport, dryRun: true });
  });

  it.each(questions)('is answered as by the store: %s', async (_question, args) => {
    const id = await firstPayment();
    const asked = [...args.map((arg) => (arg === 'PAYMENT' ? id : arg)), ...council, '--json'];
    const [own, answered] = await Promise.all([store.run(...asked), api.run(...asked)]);
    expect(answered).toEqual({ code: 0, stdout: own.stdout, stderr: '' });
    expect(own.stdout.length).toBeGreaterThan(20);
  });

  it('payments live and are refused as upon the store', async () => {
    const made = await api.json(
      'payments',
      'create',
      '--amount',
      '12',
      '--currency',
      'USD',
      '--organization',
      'acme',
      '--json',
    );
    const { id } = payment.parse(made);
    const acme = ['--organization', 'acme'];
    const declined = await api.run(
      'payments',
      'process',
      id,
      '--method',
      'test_decline_expired_card',
      ...acme,
      '--json',
    );
    expect([declined.code, JSON.parse(declined.stdout)]).toMatchObject([6, { status: 'failed' }]);
    expect(await api.json('payments', 'update', id, '--amount', '13', ...acme, '--json')).toMatchObject({
      amount: 1300,
    });
    expect(await api.json('payments', 'process', id, '--method', 'test_approve', ...acme, '--json')).toMatchObject({
      status: 'completed',
    });
    const over = await api.run('payments', 'refund', id, '--amount', '13.01', ...acme);
    expect([over.code, over.stderr]).toEqual([5, expect.stringMatching(/refund_exceeds_captured[\s\S]*request /)]);
    expect(await api.json('payments', 'refund', id, ...acme, '--json')).toMatchObject({ status: 'refunded' });
    const kept = await api.run('payments', 'delete', id, '--confirm', ...acme);
    expect([kept.code, kept.stderr]).toEqual([5, expect.stringContaining('illegal_state')]);
    const unseen = await api.run('payments', 'get', id, ...council);
    expect([unseen.code, unseen.stderr]).toEqual([3, expect.stringContaining('payment_not_found')]);
  });

  it('events are followed', async () => {
    const watch = api.start('events', 'watch', '--organization', 'acme', '--json');
    await expect.poll(() => watch.printed().stderr, { timeout: 20_000 }).toContain('watching the API');
    const made = await api.json(
      'payments',
      'create',
      '--amount',
      '1',
      '--currency',
      'USD',
      '--organization',
      'acme',
      '--json',
    );
    await expect.poll(() => watch.printed().stdout, { timeout: 20_000 }).toContain(payment.parse(made).id);
    watch.child.kill('SIGINT');
    expect((await watch.ended).code).toBe(0);
  });

  it('the state of the storage is shown, and maintained', async () => {
    expect(await api.json('storage', 'status', '--json')).toMatchObject({ strategy: 'event-sourced', healthy: true });
    expect(await api.json('storage', 'verify', ...council, '--json')).toMatchObject({ action: 'verify', differing: 0 });
  });

  it('all events and all payments are exported', async () => {
    const events = await api.run('export', '--organization', 'acme');
    expect(
      events.stdout
        .trimEnd()
        .split('\n')
        .map((line) => payment.shape.version.parse(versionOf(line))),
    ).toHaveLength((await store.run('export', '--organization', 'acme')).stdout.trimEnd().split('\n').length);
    const [own, asked] = await Promise.all(
      [store, api].map((place) => place.run('export', '--format', 'csv', '--organization', leeds.accountableBody)),
    );
    expect(asked?.stdout).toBe(own?.stdout);
    expect(own?.stdout.trimEnd().split('\n')).toHaveLength(1067);
  });

  it('a key that may not, or is revoked, is told so', async () => {
    const { id, key } = createdKey.parse(
      await store.json('keys', 'create', '--organization', 'acme', '--scopes', 'read', '--json'),
    );
    const reader = api.with({ PAYSTRATA_API_KEY: key });
    const create = await reader.run('payments', 'create', '--amount', '1', '--currency', 'USD');
    expect([create.code, create.stderr]).toEqual([4, expect.stringContaining('FORBIDDEN')]);
    const other = await reader.run('stats', ...council);
    expect([other.code, other.stderr]).toEqual([4, expect.stringContaining('another organization')]);
    expect((await reader.run('stats')).code).toBe(0);
    await store.json('keys', 'revoke', id, '--json');
    await expect.poll(async () => (await reader.run('stats')).code, { timeout: 20_000 }).toBe(4);
    expect((await store.run('keys', 'list')).stdout).toContain(id);
  });

  it('the server ends well when it is asked to', async () => {
    server.child.kill('SIGINT');
    expect((await server.ended).code).toBe(0);
    expect(server.printed().stderr).not.toContain('"level":50');
    expect(await store.json('stats', ...council, '--json')).toMatchObject({ count: 14_765 });
  });
});

function versionOf(line: string): unknown {
  const event: unknown = JSON.parse(line);
  return typeof event === 'object' && event !== null && 'version' in event ? event.version : undefined;
}
