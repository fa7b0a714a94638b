// The stream of events by itself, with a clock in which a second passes at each sleep.

import { instantOf, parseOrganizationId, type Clock, type Instant } from '@paystrata/application';
import { beforeEach, expect, it } from 'vitest';
import { openApi } from '../testing/api-under-test.ts';
import { clientOf } from '../testing/client.ts';
import { eventStream } from './event-stream.ts';
import { createSharedPages } from './shared-pages.ts';
import { createWakeups } from './wakeups.ts';

const organizationId = parseOrganizationId('acme');
const start = Date.UTC(2026, 0, 1);
let now: Instant;
let sleeps: number;

beforeEach(() => {
  now = instantOf(start);
  sleeps = 0;
});

const clock: Clock = {
  now: () => now,
  sleep: async (milliseconds) => {
    sleeps += 1;
    now = instantOf(now + milliseconds);
  },
};

/** What a reader of these types gets of three payments, and of nothing after them. */
async function read(types: readonly string[], frames: number): Promise<readonly (readonly [string, number])[]> {
  if (organizationId === undefined) throw new Error('not an organization');
  const api = await openApi();
  const client = clientOf(api);
  for (let made = 0; made < 3; made += 1) await client.create();
  const wakeups = createWakeups();
  const composition = { ...api.composition, clock };
  const parts = { composition, wakeups, pages: createSharedPages(api.composition, wakeups) };
  const reader = new AbortController();
  const wanted = ({ type }: { readonly type: string }) => types.includes(type);
  const stream = eventStream(parts, { organizationId, after: null, wanted, signal: reader.signal });
  const seen: (readonly [string, number])[] = [];
  for await (const frame of stream) {
    seen.push([frame.startsWith(':') ? frame.trim() : 'event', now - start]);
    if (seen.length === frames) reader.abort();
  }
  await api.close();
  return seen;
}

it('shows every fifteen seconds that it lives where nothing happens', async () => {
  expect(await read(['PaymentCreated'], 6)).toEqual([
    [': connected', 0],
    ['event', 0],
    ['event', 0],
    ['event', 0],
    [': still here', 15_000],
    [': still here', 30_000],
  ]);
  expect(sleeps).toBe(30);
});

it('shows it also where all that happens is not wanted', async () => {
  expect(await read(['PaymentRefunded'], 2)).toEqual([
    [': connected', 0],
    [': still here', 15_000],
  ]);
});
