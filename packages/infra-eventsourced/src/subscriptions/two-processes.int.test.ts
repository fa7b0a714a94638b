// Two processes share a subscription on PostgreSQL, while one is killed, or stopped until it has lost the lease.
import type { EventStore, SubscriptionStore } from '@paystrata/application';
import { createPostgresStore, openPostgresCompanions } from '@paystrata/infra-sql';
import { startPostgres, waitUntil, type PostgresServer } from '@paystrata/test-servers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createJournalEventStore } from '../journal/journal-event-store.ts';
import { newEvents, streamNamed } from '../testing/event-store-world.ts';
import { startFollower, type FollowerProcess } from '../testing/follower-process.ts';
import { sharedKeyring } from '../testing/shared-keyring.ts';

const LEASE_MS = 1500;
const BATCH = 10;
const patience = { timeoutMs: 60_000 };

let server: PostgresServer;
let url: string;
let events: EventStore;
let subscriptions: SubscriptionStore;
const opened: { stop(): Promise<void> }[] = [];
let followers: FollowerProcess[];

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(() => server.stop());

beforeEach(async () => {
  url = await server.createDatabase();
  const store = createPostgresStore({ url, keyring: sharedKeyring(), poolSize: 2 });
  await store.start();
  const companions = await openPostgresCompanions({ url, poolSize: 2, timeoutMs: 15_000 });
  opened.push(store, companions);
  events = createJournalEventStore({ journal: () => store.journal });
  subscriptions = companions.subscriptions;
  followers = ['a', 'b'].map((owner) => startFollower(url, owner, LEASE_MS));
});

afterEach(async () => {
  for (const each of followers) await each.kill();
  for (const each of opened.splice(0)) await each.stop();
});

const append = async (count: number) => {
  for (let at = 0; at < count; at += 5) await events.append(streamNamed(`${at % 7}`), newEvents(5), 'any');
};
const handledUpTo = (position: number) =>
  waitUntil(`position ${position}`, async () => (await subscriptions.checkpoint('totals')) >= position, patience);
const owner = () =>
  waitUntil(
    'an owner',
    () => followers.find((each) => each.told('leaseAcquired') && each.handled().length > 0),
    patience,
  );

function expectAllHandled(total: number): void {
  const handled = followers.flatMap((each) => each.handled());
  expect(new Set(handled).size).toBe(total);
  // Handled twice is at most what the old owner had in hand.
  expect(handled.length - total).toBeLessThanOrEqual(BATCH);
  for (const each of followers) expect(each.handled()).toEqual(each.handled().toSorted((a, b) => a - b));
}

it('one of them works, and when it is killed the other goes on from its checkpoint', async () => {
  await append(100);
  await handledUpTo(100);
  const first = await owner();
  expect(followers.filter((each) => each.handled().length > 0)).toHaveLength(1);
  const writing = append(400);
  await handledUpTo(150);
  await first.kill();
  await writing;
  await handledUpTo(500);
  await waitUntil('all said', () => followers.flatMap((each) => each.handled()).includes(500), patience);
  expectAllHandled(500);
}, 120_000);

it('one that stood still longer than its lease moves nothing when it wakes up', async () => {
  await append(50);
  await handledUpTo(50);
  const first = await owner();
  const writing = append(200);
  await handledUpTo(80);
  first.signal('SIGSTOP');
  await writing;
  await handledUpTo(250);
  const before = await subscriptions.checkpoint('totals');
  first.signal('SIGCONT');
  await waitUntil('it notices', () => first.told('leaseLost'), patience);
  await append(50);
  await handledUpTo(300);
  expect(before).toBe(250);
  await waitUntil('all said', () => followers.flatMap((each) => each.handled()).includes(300), patience);
  expectAllHandled(300);
}, 120_000);
