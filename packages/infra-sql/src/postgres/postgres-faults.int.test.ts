// What PostgreSQL must survive: clients that are killed or stopped, lost answers, and the death of the server itself.
import type { CommitEntry, CommitResult, PaymentStore } from '@paystrata/application';
import { startPostgres, waitUntil, type PostgresServer } from '@paystrata/test-servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CuttingProxy, type Cut } from '../testing/cutting-proxy.ts';
import { creation } from '../testing/entries.ts';
import { assertKept, killWriters } from '../testing/kill-cases.ts';
import { sharedKeyring } from '../testing/shared-keyring.ts';
import { everything } from '../testing/store-world.ts';
import { startWriter } from '../testing/writer-process.ts';
import { createPostgresStore } from './postgres-store.ts';

const keyring = sharedKeyring();
let server: PostgresServer;
let url: string;
const opened: PaymentStore[] = [];

beforeAll(async () => {
  server = await startPostgres({ own: true });
});

afterAll(() => server.stop());

beforeEach(async () => {
  url = await server.createDatabase();
});

afterEach(async () => {
  for (const store of opened.splice(0)) await store.stop();
});

async function open(at = url): Promise<PaymentStore> {
  const store = createPostgresStore({ url: at, keyring, poolSize: 4, timeoutMs: 5000 });
  await store.start();
  opened.push(store);
  return store;
}

async function commitOne(store: PaymentStore, entry: CommitEntry): Promise<CommitResult | undefined> {
  return (await store.commit([entry]))[0];
}

it('keeps every acknowledged commit of writers that are killed, once', async () => {
  await (await open()).stop();
  const count = await killWriters(() => startWriter('postgres', url), 5, open);
  expect(count).toBeGreaterThan(500);
});

it('lets nobody wait for a client that was stopped in mid-commit', async () => {
  const store = await open();
  const writer = startWriter('postgres', url);
  await writer.until(50);
  let slowest = 0;
  for (let time = 0; time < 40; time++) {
    await writer.until(writer.acknowledged().size + 1);
    writer.suspend();
    const before = performance.now();
    expect(await commitOne(store, creation())).toMatchObject({ outcome: 'committed' });
    slowest = Math.max(slowest, performance.now() - before);
    writer.resume();
  }
  await writer.kill();
  expect(slowest).toBeLessThan(2000);
  await assertKept(store, writer.acknowledged());
});

describe('a lost answer', () => {
  it.each<[Cut, CommitResult['outcome']]>([
    ['request', 'committed'],
    ['answer', 'duplicate'],
  ])('of a connection cut at the %s is unknown, and sending again tells: %s', async (cut, outcome) => {
    const { proxy, url: proxied } = await CuttingProxy.start(url);
    const store = await open(proxied);
    for (let time = 0; time < 20; time++) {
      const entry = creation();
      proxy.arm(cut, 'commit_entries');
      const lost = await commitOne(store, entry);
      expect(lost).toMatchObject({ outcome: 'failed', failure: { code: 'OUTCOME_UNKNOWN', retryable: true } });
      expect(await commitOne(store, entry)).toMatchObject({ outcome, position: time + 1 });
    }
    const { events } = await everything(store);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(20);
    expect(events).toHaveLength(20);
    await store.stop();
    await proxy.stop();
  });

  it('of a read is asked for again', async () => {
    const { proxy, url: proxied } = await CuttingProxy.start(url);
    const store = await open(proxied);
    const entry = creation();
    await store.commit([entry]);
    proxy.arm('answer', entry.paymentId);
    expect((await store.load(entry, null)).payment).toEqual(entry.payment);
    await store.stop();
    await proxy.stop();
  });
});

it('says what it cannot reach, and that nothing was stored', async () => {
  const { proxy, url: proxied } = await CuttingProxy.start(url);
  const store = await open(proxied);
  await proxy.stop();
  const unavailable = { code: 'STORE_UNAVAILABLE', retryable: true };
  const first = await commitOne(store, creation());
  // A connection of the pool may still seem to be there: then the outcome is unknown, once.
  if (first?.outcome === 'failed' && first.failure.code === 'OUTCOME_UNKNOWN') await everything(await open());
  expect(await commitOne(store, creation())).toMatchObject({ outcome: 'failed', failure: unavailable });
  await expect(store.load(creation(), null)).rejects.toMatchObject(unavailable);
  const nowhere = createPostgresStore({ url: proxied, keyring });
  await expect(nowhere.start()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
});

it('keeps what was acknowledged when the server is killed, and goes on when it is back', async () => {
  const store = await open();
  const acknowledged = new Map<string, number>();
  let writing = true;
  // One try may wait for the store's own time-out of 15 s, and a busy machine takes its time to recover a database.
  const patience = { timeoutMs: 60_000 };
  const write = async () => {
    while (writing) {
      const entry = creation();
      const result = await waitUntil(
        'the server to take a commit',
        async () => {
          const answer = await commitOne(store, entry);
          if (answer?.outcome === 'failed') expect(answer.failure.retryable).toBe(true);
          return answer?.outcome === 'committed' || answer?.outcome === 'duplicate' ? answer : undefined;
        },
        patience,
      );
      acknowledged.set(entry.events[0]?.eventId ?? '', result.position);
    }
  };
  const writers = Array.from({ length: 16 }, write);
  const more = (count: number, target = acknowledged.size + count) =>
    waitUntil(`${count} more commits`, () => acknowledged.size >= target, patience);
  for (let time = 1; time <= 3; time++) {
    await more(200);
    await server.kill9();
    await server.restart();
  }
  await more(200);
  writing = false;
  await Promise.all(writers);
  await assertKept(store, acknowledged);
}, 180_000);
