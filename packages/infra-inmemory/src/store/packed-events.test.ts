// Events by position, archived or not: they read the same, and can still be replaced and forgotten.
import { createUuidV7Ids, systemClock, type RecordedEvent } from '@paystrata/application';
import { instantOf, parseCommandId, parseOrganizationId, parsePaymentId } from '@paystrata/domain';
import { beforeEach, expect, it } from 'vitest';
import { deepFreeze } from './deep-freeze.ts';
import { PackedEvents } from './packed-events.ts';

const ids = createUuidV7Ids(systemClock);
const TOTAL = 2 ** 14 + 100;

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the test expected a value here');
  return value;
}

const organizationId = known(parseOrganizationId('acme'));

function eventAt(position: number, reason: string | null = `the rent of month ${position}`): RecordedEvent {
  return deepFreeze({
    ...{ type: 'PaymentCancelled', data: { reason }, at: instantOf(position), position, version: 2, schemaVersion: 1 },
    ...{ organizationId, paymentId: known(parsePaymentId(ids.next())), eventId: ids.next(), actor: 'test' },
    ...{ commandId: known(parseCommandId(ids.next())), userId: null, correlationId: 'c', causationId: null },
    metadata: {},
  });
}

const all = Array.from({ length: TOTAL }, (_, index) => eventAt(index + 1));
let events: PackedEvents;

beforeEach(() => {
  events = new PackedEvents();
  for (const event of all) events.push(event);
});

const everything = () => Array.from({ length: TOTAL }, (_, index) => events.at(index + 1));

it('reads the same once full chunks are archived, unchangeable, and takes less', async () => {
  expect(await events.archive(({ at }) => at < TOTAL - 200)).toMatchObject({ events: 0 });
  const archived = await events.archive(({ at }) => at < TOTAL);
  expect(archived.events).toBe(2 ** 14);
  expect(archived.bytesAfter).toBeLessThan(archived.bytesBefore / 2);
  expect(everything()).toEqual(all);
  expect(Object.isFrozen(events.at(7)?.data)).toBe(true);
  expect([events.at(0), events.at(TOTAL + 1)]).toEqual([undefined, undefined]);
  expect(await events.archive(() => true)).toEqual(archived);
});

it('takes a chunk back of which an event is replaced or forgotten', async () => {
  await events.archive(() => true);
  expect(events.at(600)).toEqual(all[599]);
  const replaced = eventAt(600, null);
  events.replace(replaced);
  expect(everything()).toEqual(all.with(599, replaced));
  expect(await events.archive(() => true)).toMatchObject({ events: 2 ** 14 });
  events.forget(601);
  expect(events.at(601)).toBeUndefined();
  expect(events.at(600)).toEqual(replaced);
  await events.archive(() => true);
  expect(events.at(601)).toBeUndefined();
  expect(events.at(602)).toEqual(all[601]);
});

it('leaves a chunk alone that is changed while it is compressed', async () => {
  const archiving = events.archive(() => true);
  const replaced = eventAt(1, null);
  events.replace(replaced);
  expect(await archiving).toMatchObject({ events: 0 });
  expect(everything()).toEqual(all.with(0, replaced));
});
