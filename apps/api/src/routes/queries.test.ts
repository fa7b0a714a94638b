// Lists, reports and questions about the log over HTTP.

import type { EventView, ListView, PaymentView } from '@paystrata/application';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.ts';
import { clientOf, paymentIn, type Answer, type Client } from '../testing/client.ts';
import { createTestClock } from '../testing/test-clock.ts';

type PaymentList = ListView<PaymentView>;

const clock = createTestClock(Date.UTC(2026, 2, 1, 12));
const day = 24 * 3600 * 1000;
let api: ApiUnderTest;
let client: Client;
let ids: string[];

beforeAll(async () => {
  api = await openApi({}, { clock });
  client = clientOf(api);
  ids = [];
  for (let number = 1; number <= 5; number++) {
    const fields = {
      amount: number * 100,
      currency: number === 5 ? 'USD' : 'EUR',
      description: `Invoice number ${number}`,
      reference: `inv-${number}`,
      customer: { name: number < 3 ? 'Ada Lovelace' : 'Grace Hopper' },
      metadata: { floor: String(number), 'a.b[c]': 'x' },
      userId: `u-${number}`,
    };
    ids.push((await client.create(fields)).id);
    clock.pass(day);
  }
  await client.post(`/v1/payments/${ids[0]}/process`, { method: 'test_approve' }, { 'x-correlation-id': 'order-1' });
  await client.post(`/v1/payments/${ids[1]}/process`, { method: 'test_decline_expired_card' });
});

afterAll(() => api.close());

async function found(query: string): Promise<string[]> {
  const answer = await client.get(`/v1/payments?${query}`);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<PaymentList>().data.map(({ reference }) => reference?.slice(4) ?? '');
}

function problem(answer: Answer): [number, string | null] {
  const { status, param } = answer.json<{ status: number; param: string | null }>();
  return [status, param];
}

describe('GET /v1/payments', () => {
  it.each([
    ['', ['5', '4', '3', '2', '1']],
    ['order=asc&limit=2', ['1', '2']],
    ['status=completed', ['1']],
    ['status=completed,failed&order=asc', ['1', '2']],
    ['status=completed&status=failed&order=asc', ['1', '2']],
    ['currency=USD', ['5']],
    ['currency=EUR&amount[gte]=200&amount[lte]=300&sort=amount&order=asc', ['2', '3']],
    ['created[gte]=2026-03-02&created[lt]=2026-03-04T12:00:00Z&order=asc', ['2', '3']],
    ['customer=Ada%20Lovelace&order=asc', ['1', '2']],
    ['q=hopper+inv&order=asc', ['3', '4', '5']],
    ['reference=inv-3', ['3']],
    ['userId=u-4', ['4']],
    ['metadata[floor]=2', ['2']],
    ['metadata[floor]=2&metadata[a.b[c]]=x', ['2']],
    ['metadata[floor]=2&metadata[a.b[c]]=y', []],
    ['page=2&limit=2', ['3', '2']],
    ['workflowId=none', []],
  ])('finds with %s', async (query, expected) => {
    expect(await found(query)).toEqual(expected);
  });

  it('pages by cursor, each payment once', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const list = (await client.get(`/v1/payments?limit=2${cursor}`)).json<PaymentList>();
      expect(list.total).toEqual({ value: 5, capped: false });
      seen.push(...list.data.map(({ id }) => id));
      cursor = list.next === null ? '' : `&cursor=${encodeURIComponent(list.next)}`;
    } while (cursor !== '');
    expect(seen).toEqual(ids.toReversed());
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['page=0', 'page'],
    ['status=paid', 'status.0'],
    ['sort=name', 'sort'],
    ['amount[gte]=1', 'currency'],
    ['created[gte]=yesterday', 'created[gte]'],
    ['created[gte]=2026-03-02&created[lt]=2026-03-01', 'created[lt]'],
    ['cursor=x&page=1', 'page'],
    ['colour=red', null],
    ['metadata[__proto__]=x', null],
    ['__proto__=x', '__proto__'],
  ])('refuses %s: 400, naming the parameter as it was sent', async (query, param) => {
    expect(problem(await client.get(`/v1/payments?${query}`))).toEqual([400, param]);
  });

  it('refuses the cursor of another list: 400', async () => {
    const { next } = (await client.get('/v1/payments?limit=1')).json<PaymentList>();
    const answer = await client.get(`/v1/payments?limit=1&status=pending&cursor=${encodeURIComponent(next ?? '')}`);
    expect(answer.json()).toMatchObject({ status: 400, code: 'CURSOR_INVALID' });
  });
});

describe('GET /v1/payments/{id}', () => {
  it('shows it now, at a version and at an instant', async () => {
    const url = `/v1/payments/${ids[0]}`;
    const now = await client.get(url);
    expect(paymentIn(now, 200)).toMatchObject({ status: 'completed', version: 3 });
    expect(now.headers).toMatchObject({ etag: '"3"' });
    expect(paymentIn(await client.get(`${url}?asOf=1`), 200).status).toBe('pending');
    expect(paymentIn(await client.get(`${url}?asOf=2026-03-01T13:00:00Z`), 200).version).toBe(1);
    expect((await client.get(`${url}?asOf=9`)).statusCode).toBe(404);
    expect((await client.get(`${url}?asOf=2020-01-01`)).statusCode).toBe(404);
    expect(problem(await client.get(`${url}?asOf=soon`))).toEqual([400, 'asOf']);
  });

  it('answers 304 to who has it already', async () => {
    const answer = await client.get(`/v1/payments/${ids[0]}`, { 'if-none-match': '"3"' });
    expect([answer.statusCode, answer.body]).toEqual([304, '']);
    expect((await client.get(`/v1/payments/${ids[0]}`, { 'if-none-match': '"2"' })).statusCode).toBe(200);
  });

  it('is at least as fresh as the position it is given', async () => {
    const position = String((await client.get(`/v1/payments/${ids[0]}`)).headers['paystrata-position']);
    const headers = { 'paystrata-position': position };
    expect((await client.get(`/v1/payments/${ids[1]}`, headers)).statusCode).toBe(200);
    expect((await client.get('/v1/statistics', headers)).statusCode).toBe(200);
    const other = await openApi();
    const late = await clientOf(other).get('/v1/payments', headers);
    expect(late.json()).toMatchObject({ status: 412, code: 'POSITION_UNKNOWN' });
    await other.close();
    const nonsense = await client.get('/v1/payments', { 'paystrata-position': 'nonsense' });
    expect(nonsense.json()).toMatchObject({ status: 400, code: 'malformed_header', param: 'Paystrata-Position' });
  });

  it.each(['', '/events', '/timeline'])('answers 404 for what is not there: %s', async (part) => {
    for (const id of [crypto.randomUUID(), 'not-an-id']) {
      const answer = await client.get(`/v1/payments/${id}${part}`);
      expect(answer.json()).toMatchObject({
        status: 404,
        code: 'payment_not_found',
        detail: 'there is no such payment',
      });
    }
  });

  it('tells its history, from a version on, and in words', async () => {
    const events = (await client.get(`/v1/payments/${ids[0]}/events?fromVersion=2`)).json<ListView<EventView>>();
    expect(events.data.map(({ type }) => type)).toEqual(['PaymentProcessingStarted', 'PaymentProcessed']);
    const timeline = (await client.get(`/v1/payments/${ids[0]}/timeline`)).json<ListView<{ text: string }>>();
    expect(timeline.data).toHaveLength(3);
    expect(timeline.data[0]?.text).toMatch(/\w+/);
  });
});

describe('reports', () => {
  it('statistics: exact sums of a range', async () => {
    const answer = await client.get('/v1/statistics?from=2026-03-01&to=2026-03-03');
    expect(answer.json()).toEqual({
      organizationId: 'acme',
      from: '2026-03-01T00:00:00.000Z',
      to: '2026-03-03T00:00:00.000Z',
      count: 2,
      byStatus: { completed: 1, failed: 1 },
      byCurrency: { EUR: 2 },
      totals: [{ currency: 'EUR', count: 2, amount: '300', captured: '100', refunded: '0' }],
    });
    expect(problem(await client.get('/v1/statistics?from=2026-03-03&to=2026-03-01'))).toEqual([400, 'to']);
  });

  it('analytics: buckets, success and failures', async () => {
    const answer = await client.get('/v1/analytics?interval=week&timezone=Asia/Kolkata&currency=EUR');
    expect(answer.json()).toMatchObject({ successRate: 0.5, failures: [{ code: 'expired_card', count: 1 }] });
    expect(problem(await client.get('/v1/analytics?timezone=Mars'))).toEqual([400, 'timezone']);
  });

  it('suggestions: completions of a prefix', async () => {
    const answer = await client.get('/v1/suggestions?prefix=gra&field=customer');
    expect(answer.json<PaymentList>().data).toEqual([{ text: 'Grace Hopper', field: 'customer', count: 3 }]);
    expect(problem(await client.get('/v1/suggestions'))).toEqual([400, 'prefix']);
  });
});

describe('the log', () => {
  it('is searched by type, correlation and criteria', async () => {
    const events = async (query: string) => (await client.get(`/v1/events?${query}`)).json<ListView<EventView>>();
    expect((await events('type=PaymentFailed')).data).toHaveLength(1);
    expect((await events('correlationId=order-1&order=asc')).data.map(({ version }) => version)).toEqual([2, 3]);
    const criteria = JSON.stringify([{ path: 'amount.currency', operator: 'eq', value: 'USD' }]);
    expect((await events(`criteria=${encodeURIComponent(criteria)}`)).data).toHaveLength(1);
    const first = await events('limit=3');
    expect(first.hasMore).toBe(true);
    expect((await events(`limit=100&cursor=${encodeURIComponent(first.next ?? '')}`)).data).toHaveLength(6);
    expect(problem(await client.get('/v1/events?criteria=nonsense'))).toEqual([400, 'criteria']);
    expect(problem(await client.get('/v1/events?type=Nope'))).toEqual([400, 'type.0']);
  });

  it('is counted, and bucketed', async () => {
    expect((await client.get('/v1/events/statistics')).json()).toMatchObject({ count: 9, payments: 5 });
    const trends = (await client.get('/v1/events/trends?interval=month')).json<{ count: number }[]>();
    expect(trends.map(({ count }) => count)).toEqual([9]);
  });

  it('shows what came of one request, as events and in words', async () => {
    expect((await client.get('/v1/events/correlations/order-1')).json<ListView<EventView>>().data).toHaveLength(2);
    expect((await client.get('/v1/timelines/order-1')).json<ListView<object>>().data).toHaveLength(2);
    expect((await client.get('/v1/timelines/nobody')).json<ListView<object>>().data).toEqual([]);
  });

  it('is replayed, step by step, storing nothing', async () => {
    const answer = await client.post('/v1/replays', { filter: { paymentId: ids[0] }, fromVersion: 2 });
    expect(answer.json()).toMatchObject({
      events: 3,
      steps: [{ payment: { status: 'processing' } }, { payment: { status: 'completed' } }],
    });
    expect((await client.post('/v1/replays')).json()).toMatchObject({ events: 9, payments: 5 });
    expect(problem(await client.post('/v1/replays', { fromVersion: 2 }))).toEqual([400, 'fromVersion']);
    expect(problem(await client.post('/v1/replays', { filter: { types: ['X'] } }))).toEqual([400, 'filter.types.0']);
    expect((await client.get('/v1/events/statistics')).json()).toMatchObject({ count: 9 });
  });
});
