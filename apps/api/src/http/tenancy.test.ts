// Two organizations on every route of the document: neither learns anything of the other.

import type { ListView } from '@paystrata/application';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.ts';
import { clientOf, type Answer, type Client } from '../testing/client.ts';
import { documentOf, type DocumentedOperation } from '../testing/document.ts';

const secret = 'Zanzibar';
let api: ApiUnderTest;
let owner: Client;
let stranger: Client;
let operations: readonly DocumentedOperation[];
let theirs: string;

beforeAll(async () => {
  api = await openApi();
  owner = clientOf(api);
  stranger = clientOf(api, await api.newKey('globex'));
  const { id } = await owner.createCompleted({
    description: `${secret} invoice`,
    reference: secret,
    customer: { id: secret, name: secret, email: `${secret}@example.org` },
  });
  theirs = id;
  await owner.post(`/v1/payments/${id}/refunds`, { amount: 1 }, { 'x-correlation-id': secret });
  ({ operations } = await documentOf(api));
});

afterAll(() => api.close());

/** What to send to addresses of one payment so that they would act, were it the stranger's own. */
const bodies: Readonly<Record<string, object>> = {
  updatePayment: { description: 'mine now' },
  processPayment: { method: 'test_approve' },
  settlePayment: { outcome: 'failed', reason: 'x' },
  cancelPayment: {},
  refundPayment: { amount: 1 },
  erasePersonalData: {},
};
const withoutBody = ['getPayment', 'deletePayment', 'listPaymentEvents', 'getPaymentTimeline'];

/** What finds the owner's payment where the owner asks. */
const questions: Readonly<Record<string, string>> = {
  listPayments: `/v1/payments?q=${secret}`,
  getStatistics: '/v1/statistics',
  getAnalytics: '/v1/analytics',
  getSuggestions: `/v1/suggestions?prefix=${secret}`,
  searchEvents: `/v1/events?correlationId=${secret}`,
  getEventStatistics: '/v1/events/statistics',
  getEventTrends: '/v1/events/trends',
  getCorrelation: `/v1/events/correlations/${secret}`,
  getTimeline: `/v1/timelines/${secret}`,
};

/** Proved elsewhere: what they make is the key's own organization's, or they are for admins of it. */
const others: readonly string[] = [
  ...['createPayment', 'importPayments', 'replayEvents', 'streamEvents', 'getStorage'],
  ...['verify', 'repair', 'rebuild', 'optimize', 'synchronize', 'archive'].map((action) => `${action}Storage`),
];

function send({ method, path, operation }: DocumentedOperation, client: Client, id: string): Promise<Answer> {
  const payload = bodies[operation.operationId];
  const headers = { 'if-match': '*' };
  return client.send({ method, url: path.replace('{id}', id), headers, ...(payload !== undefined && { payload }) });
}

it('has a case for every operation that asks for a key', () => {
  const guarded = operations.filter(({ operation }) => operation.security === undefined);
  const cases = [...Object.keys(bodies), ...withoutBody, ...Object.keys(questions), ...others];
  expect(guarded.map(({ operation }) => operation.operationId).sort()).toEqual(cases.sort());
});

it("answers another organization's payment exactly as one that is not there", async () => {
  const ofPayments = operations.filter(({ path }) => path.startsWith('/v1/payments/{id}'));
  expect(ofPayments).toHaveLength(Object.keys(bodies).length + withoutBody.length);
  for (const operation of ofPayments) {
    const [other, missing] = [
      await send(operation, stranger, theirs),
      await send(operation, stranger, crypto.randomUUID()),
    ];
    const name = `${operation.method} ${operation.path}`;
    expect([other.statusCode, missing.statusCode], name).toEqual([404, 404]);
    const bodyOf = (answer: Answer) => ({ ...answer.json<object>(), requestId: null });
    expect(bodyOf(other), name).toEqual(bodyOf(missing));
    expect(Object.keys(other.headers).sort(), name).toEqual(Object.keys(missing.headers).sort());
  }
  expect((await owner.get(`/v1/payments/${theirs}`)).json()).toMatchObject({
    version: 5,
    description: `${secret} invoice`,
  });
});

it('finds nothing of the other in lists, sums, suggestions and the log', async () => {
  const empty = await openApi();
  const nobody = clientOf(empty, await empty.newKey('globex'));
  for (const url of Object.values(questions)) {
    const [mine, none] = [await stranger.get(url), await nobody.get(url)];
    expect(mine.statusCode, url).toBe(200);
    expect(mine.body, url).toBe(none.body);
    expect((await owner.get(url)).body, url).not.toBe(none.body);
  }
  await empty.close();
});

it('replays and streams nothing of the other', async () => {
  const replay = await stranger.post('/v1/replays', { filter: { paymentId: theirs } });
  expect(replay.json()).toMatchObject({ events: 0, payments: 0, steps: [] });
});

it('takes no position, cursor or idempotency key of the other', async () => {
  const position = String((await owner.get(`/v1/payments/${theirs}`)).headers['paystrata-position']);
  const read = await stranger.get('/v1/payments', { 'paystrata-position': position });
  expect(read.json()).toMatchObject({ status: 412, code: 'POSITION_UNKNOWN' });
  await owner.create();
  const { next } = (await owner.get('/v1/payments?limit=1')).json<ListView<object>>();
  const page = await stranger.get(`/v1/payments?limit=1&cursor=${encodeURIComponent(next ?? '')}`);
  expect(page.json()).toMatchObject({ status: 400, code: 'CURSOR_INVALID' });
  const body = { amount: 1, currency: 'EUR' };
  const key = { 'idempotency-key': 'shared' };
  const [one, two] = [await owner.post('/v1/payments', body, key), await stranger.post('/v1/payments', body, key)];
  expect(two.json<{ id: string }>().id).not.toBe(one.json<{ id: string }>().id);
  expect(two.headers).not.toHaveProperty('idempotency-replayed');
});

it('gives the same reference to both', async () => {
  const answer = await stranger.post('/v1/payments', { amount: 1, currency: 'EUR', reference: secret });
  expect(answer.statusCode).toBe(201);
});
