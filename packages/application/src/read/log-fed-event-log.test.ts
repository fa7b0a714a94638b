import { describe, expect, it } from 'vitest';
import { parseOrganizationId } from '@paystrata/domain';
import type { ReadContext } from '../ports/read-model.ts';
import { createArrayStore } from '../testing/array-store.ts';
import { acme, createCountingIds, known } from '../testing/known.ts';
import { createMovableClock } from '../testing/movable-clock.ts';
import { createTestApplication } from '../testing/test-application.ts';
import { everyEvent, type EventFilter, type SearchEvents } from './event-queries.ts';
import { createLogFedEventLog } from './log-fed-event-log.ts';
import { readWhole } from './log-reader.ts';

const context: ReadContext = { organizationId: acme, atLeast: null, timeoutMs: 1000 };
const other = known(parseOrganizationId('other'));
const HOUR = 3_600_000;

function setUp() {
  const store = createArrayStore();
  const clock = createMovableClock();
  const application = createTestApplication({ store, clock, ids: createCountingIds() });
  const log = createLogFedEventLog({ source: store, clock });
  const create = (amount = 100, more: { readonly description?: string; readonly correlationId?: string } = {}) => {
    const { correlationId, description } = more;
    return application.send(
      { type: 'CreatePayment', amount, currency: 'EUR', description },
      correlationId === undefined ? {} : { correlationId },
    );
  };
  const search = (filter: Partial<EventFilter> = {}, more: Partial<SearchEvents> = {}) =>
    log.search(
      {
        type: 'SearchEvents',
        filter: { ...everyEvent, ...filter },
        descending: false,
        limit: 10,
        cursor: null,
        ...more,
      },
      context,
    );
  return { store, clock, application, log, create, search };
}

/** Two payments: one paid and partly refunded an hour later, one declined. */
async function setUpTwo() {
  const all = setUp();
  const { application, clock, create } = all;
  const paid = await create(100, { description: 'Hosting in June', correlationId: 'order-1' });
  const declined = await create(7, { correlationId: 'order-1' });
  await application.send({ type: 'ProcessPayment', paymentId: paid.paymentId, method: 'test_approve' });
  clock.advance(HOUR);
  await application.send({
    type: 'ProcessPayment',
    paymentId: declined.paymentId,
    method: 'test_decline_insufficient_funds',
  });
  await application.send({ type: 'RefundPayment', paymentId: paid.paymentId, amount: 40, reason: 'too late' });
  return { ...all, paid: paid.paymentId, declined: declined.paymentId };
}

describe('an event log derived from reading the log', () => {
  it('tells the history of a payment from a version on', async () => {
    const { log, paid } = await setUpTwo();
    const history = await log.history({ type: 'PaymentHistory', paymentId: paid, fromVersion: 2 }, context);
    expect(history.map(({ version, type }) => `${version} ${type}`)).toEqual([
      '2 PaymentProcessingStarted',
      '3 PaymentProcessed',
      '4 RefundRequested',
      '5 PaymentRefunded',
    ]);
    const theirs = { ...context, organizationId: other };
    expect(await log.history({ type: 'PaymentHistory', paymentId: paid, fromVersion: 1 }, theirs)).toEqual([]);
  });

  it('tells it in words, with the gaps', async () => {
    const { log, paid } = await setUpTwo();
    const timeline = await log.timeline({ type: 'PaymentTimeline', paymentId: paid }, context);
    expect(timeline.map(({ text, gap }) => `${gap} ${text}`)).toEqual([
      '0 Created: 1.00 EUR',
      '0 Attempt a1 started: 1.00 EUR by test_approve',
      '0 Attempt a1 approved: 1.00 EUR captured',
      `${HOUR} Refund r1 requested: 0.40 EUR: too late`,
      '0 Refund r1 approved: 0.40 EUR given back',
    ]);
  });

  it('tells what came of a correlation, across payments', async () => {
    const { log, paid, declined } = await setUpTwo();
    const events = await log.correlation({ type: 'EventCorrelation', correlationId: 'order-1' }, context);
    expect(events.map(({ paymentId, type }) => [paymentId, type])).toEqual([
      [paid, 'PaymentCreated'],
      [declined, 'PaymentCreated'],
    ]);
    const query = { type: 'CorrelationTimeline', correlationId: 'order-1' } as const;
    expect((await log.correlationTimeline(query, context)).map(({ text }) => text)).toEqual([
      'Created: 1.00 EUR',
      'Created: 0.07 EUR',
    ]);
    expect(await log.correlationTimeline(query, { ...context, organizationId: other })).toEqual([]);
  });

  it('finds events by every part of the filter', async () => {
    const { search, paid, declined, clock } = await setUpTwo();
    const types = async (filter: Partial<EventFilter>) => (await search(filter)).events.map(({ type }) => type);
    expect(await types({ types: ['PaymentFailed', 'PaymentRefunded'] })).toEqual(['PaymentFailed', 'PaymentRefunded']);
    expect(await types({ paymentId: declined })).toHaveLength(3);
    expect(await types({ correlationId: 'order-1' })).toEqual(['PaymentCreated', 'PaymentCreated']);
    expect(await types({ actor: 'nobody' })).toEqual([]);
    expect(await types({ recorded: { from: clock.now(), to: null }, paymentId: paid })).toHaveLength(2);
    expect(await types({ recorded: { from: null, to: clock.now() } })).toHaveLength(4);
    expect(await types({ criteria: [{ path: 'amount.amount', operator: 'lt', value: '40' }] })).toEqual([
      'PaymentCreated',
      'PaymentProcessingStarted',
    ]);
    expect(await types({ text: 'june host' })).toEqual(['PaymentCreated']);
    expect(await types({ text: 'insufficient' })).toEqual(
      ['PaymentFailed', 'PaymentProcessingStarted'].sort().reverse(),
    );
    expect(await types({ text: '??' })).toEqual([]);
  });

  it('finds nothing of what was erased', async () => {
    const { application, store, search, paid, clock } = await setUpTwo();
    await application.send({ type: 'ErasePersonalData', paymentId: paid });
    // A store forgets what was erased; the array does not do it by itself.
    const forgetful = {
      epoch: store.epoch,
      readAll: async (request: Parameters<typeof store.readAll>[0]) => {
        const page = await store.readAll(request);
        const events = page.events.map((event) =>
          event.type === 'PaymentCreated' ? { ...event, data: { ...event.data, personal: null } } : event,
        );
        return { ...page, events };
      },
    };
    expect((await search({ text: 'hosting' })).total.value).toBe(1);
    const after = createLogFedEventLog({ source: forgetful, clock });
    const query: SearchEvents = {
      type: 'SearchEvents',
      filter: { ...everyEvent, text: 'hosting' },
      descending: true,
      limit: 10,
      cursor: null,
    };
    expect((await after.search(query, context)).total.value).toBe(0);
  });

  it.each([false, true])('gives each event once in pages, newest first: %s', async (descending) => {
    const { search, store } = await setUpTwo();
    const positions: number[] = [];
    let cursor: string | null = null;
    for (let pages = 0; pages < 20; pages += 1) {
      const page = await search({}, { descending, limit: 4, cursor });
      expect(page.events).toHaveLength(4);
      expect(page.total).toEqual({ value: 8, capped: false });
      expect(page.hasMore).toBe(page.next !== null);
      positions.push(...page.events.map(({ position }) => position));
      cursor = page.next;
      if (cursor === null) break;
    }
    const all = store.events.map(({ position }) => position);
    expect(positions).toEqual(descending ? all.toReversed() : all);
  });

  it('takes its own cursors only', async () => {
    const { search, store, clock } = await setUpTwo();
    const { next } = await search({}, { limit: 2 });
    const invalid = { code: 'CURSOR_INVALID' };
    await expect(search({}, { limit: 5, cursor: next })).resolves.toMatchObject({ total: { value: 8 } });
    await expect(search({ actor: 'x' }, { cursor: next })).rejects.toMatchObject(invalid);
    await expect(search({}, { cursor: next, descending: true })).rejects.toMatchObject(invalid);
    await expect(search({}, { cursor: 'x.y' })).rejects.toMatchObject(invalid);
    const later = createLogFedEventLog({ source: { readAll: store.readAll, epoch: () => 'array-2' }, clock });
    const query: SearchEvents = { type: 'SearchEvents', filter: everyEvent, descending: false, limit: 2, cursor: next };
    await expect(later.search(query, context)).rejects.toMatchObject({ code: 'POSITION_UNKNOWN' });
  });

  it('counts by type, hour, day, actor and payment', async () => {
    const { log, paid, declined, clock } = await setUpTwo();
    const hour = clock.now() - HOUR;
    const filter = everyEvent;
    expect(await log.statistics({ type: 'EventStatistics', filter, timezone: 'Asia/Kolkata' }, context)).toEqual({
      count: 8,
      byType: {
        ...{ PaymentCreated: 2, PaymentProcessingStarted: 2, PaymentProcessed: 1, PaymentFailed: 1 },
        ...{ RefundRequested: 1, PaymentRefunded: 1 },
      },
      payments: 2,
      byHour: [
        { start: hour - HOUR / 2, count: 4 },
        { start: hour + HOUR / 2, count: 4 },
      ],
      byDay: [{ start: Date.UTC(2026, 0, 14, 18, 30), count: 8 }],
      byActor: [
        { actor: 'system', count: 5 },
        { actor: 'gateway', count: 3 },
      ],
      byPayment: [
        { paymentId: paid, count: 5 },
        { paymentId: declined, count: 3 },
      ],
    });
  });

  it('shows trends without gaps', async () => {
    const { log, clock, create } = await setUpTwo();
    clock.advance(2 * HOUR);
    await create();
    const query = { type: 'EventTrends', filter: everyEvent, interval: 'hour', timezone: 'UTC' } as const;
    const trends = await log.trends(query, context);
    expect(trends.map(({ count }) => count)).toEqual([4, 4, 0, 1]);
    expect(trends.map(({ start }) => start - (trends[0]?.start ?? 0))).toEqual([0, HOUR, 2 * HOUR, 3 * HOUR]);
    expect(trends[3]?.byType).toEqual({ PaymentCreated: 1 });
    expect(await log.trends({ ...query, filter: { ...everyEvent, actor: 'x' } }, context)).toEqual([]);
  });

  it('replays what each event made of its payment', async () => {
    const { log, paid } = await setUpTwo();
    const replay = (filter: Partial<EventFilter>, fromVersion = 1, limit = 100) =>
      log.replay({ type: 'ReplayEvents', filter: { ...everyEvent, ...filter }, fromVersion, limit }, context);
    const one = await replay({ paymentId: paid }, 3);
    expect(one.steps.map(({ event, payment }) => `${event.version} ${payment.status} ${payment.refunded}`)).toEqual([
      '3 completed 0',
      '4 completed 0',
      '5 partially_refunded 40',
    ]);
    expect(one).toMatchObject({ events: 5, payments: 1 });
    const refunds = await replay({ types: ['PaymentRefunded'] });
    expect(refunds.steps).toMatchObject([{ payment: { captured: 100n, refunded: 40n, version: 5 } }]);
    const few = await replay({}, 1, 3);
    expect(few).toMatchObject({ events: 8, payments: 2, byType: { PaymentCreated: 2 } });
    expect(few.steps.map(({ event, payment }) => [event.position, payment.version])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
    ]);
  });

  it('hands the log itself on', async () => {
    const { log } = await setUpTwo();
    const events = await readWhole(log, { pageSize: 3 });
    expect(events.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const backward = await readWhole(log, { pageSize: 3, direction: 'backward', from: 6 });
    expect(backward.map(({ position }) => position)).toEqual([5, 4, 3, 2, 1]);
  });

  describe('asked for a position', () => {
    it('waits until the log holds it', async () => {
      const { create, log, clock } = setUp();
      const { position, paymentId } = await create();
      const query = { type: 'PaymentHistory', paymentId, fromVersion: 1 } as const;
      const reading = log.history(query, { ...context, atLeast: { ...position, position: 2 } });
      await expect.poll(() => clock.sleepers).toBe(2);
      await create();
      clock.advance(10);
      expect(await reading).toHaveLength(1);
      expect(clock.sleepers).toBe(0);
    });

    it('waits for the version where there is no position yet, and fails in time', async () => {
      const { create, log, clock } = setUp();
      const { position, paymentId } = await create();
      const query = { type: 'PaymentHistory', paymentId, fromVersion: 1 } as const;
      const placeless = { ...position, position: null };
      expect(await log.history(query, { ...context, atLeast: placeless })).toHaveLength(1);
      const late = expect(
        log.history(query, { ...context, atLeast: { ...placeless, version: 2 } }),
      ).rejects.toMatchObject({ code: 'POSITION_TIMEOUT' });
      await expect.poll(() => clock.sleepers).toBe(2);
      clock.advance(1000);
      await late;
    });

    it('refuses one of another epoch or organization at once', async () => {
      const { create, log } = setUp();
      const { position } = await create();
      const query = { type: 'EventCorrelation', correlationId: 'x' } as const;
      for (const change of [{ epoch: 'other' }, { organizationId: other }]) {
        await expect(log.correlation(query, { ...context, atLeast: { ...position, ...change } })).rejects.toMatchObject(
          { code: 'POSITION_UNKNOWN' },
        );
      }
    });
  });
});
