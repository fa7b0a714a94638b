// Importing many payments at once over HTTP.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BulkOutcome } from '../commands/bulk-rows.ts';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.ts';
import { clientOf, paymentIn, type Answer, type Client } from '../testing/client.ts';

let api: ApiUnderTest;
let client: Client;

beforeAll(async () => {
  api = await openApi();
  client = clientOf(api);
});

afterAll(() => api.close());

function bulk(payload: string, headers = {}): Promise<Answer> {
  const url = '/v1/payments/bulk';
  return client.send({ method: 'POST', url, headers: { 'content-type': 'application/x-ndjson', ...headers }, payload });
}

function rows(...fields: readonly object[]): string {
  return fields.map((row) => JSON.stringify({ amount: 100, currency: 'GBP', ...row })).join('\n');
}

function outcomes(answer: Answer): BulkOutcome[] {
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as BulkOutcome);
}

describe('POST /v1/payments/bulk', () => {
  it('answers one outcome a line, in their order; a bad line takes no other down', async () => {
    const body = [
      rows({ reference: 'b-1', settled: true, createdAt: '2020-06-01T00:00:00Z' }),
      '',
      '{"amount":',
      rows({ reference: 'b-1' }),
      rows({ reference: 'b-1', amount: 7 }),
      rows({ amount: 0 }),
      rows({ colour: 'red' }),
      '{"amount":1,"currency":"GBP","__proto__":{"a":1}}',
      rows({ createdAt: '2999-01-01T00:00:00Z', settled: true }),
      rows({ reference: 'b-2' }),
    ].join('\n');
    const answer = await bulk(body);
    expect(answer.headers['content-type']).toContain('application/x-ndjson');
    expect(answer.headers).toHaveProperty('paystrata-position');
    const all = outcomes(answer);
    expect(all.map(({ line }) => line)).toEqual([1, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(all.map((each) => (each.ok ? 'ok' : each.code))).toEqual([
      ...['ok', 'malformed_json', 'payment_exists', 'payment_exists', 'amount_not_positive'],
      ...['INVALID_MESSAGE', 'INVALID_MESSAGE', 'created_in_future', 'ok'],
    ]);
    expect(all[2]).toMatchObject({ details: { sameAmount: true } });
    expect(all[3]).toMatchObject({ details: { sameAmount: false } });
    const [first] = all;
    const id = first?.ok === true ? first.id : '';
    expect(paymentIn(await client.get(`/v1/payments/${id}`), 200)).toMatchObject({
      status: 'completed',
      createdAt: '2020-06-01T00:00:00.000Z',
    });
  });

  it('stores nothing twice under the same key, with and without references', async () => {
    const headers = { 'idempotency-key': 'bulk-1' };
    const body = rows(
      { metadata: { run: 'once' } },
      { metadata: { run: 'once' } },
      { reference: 'b-3', metadata: { run: 'once' } },
    );
    const first = outcomes(await bulk(body, headers));
    const answer = await bulk(body, headers);
    expect(answer.headers['idempotency-replayed']).toBe('true');
    expect(outcomes(answer)).toEqual(first.map((each) => ({ ...each, replayed: true })));
    const list = await client.get('/v1/payments?metadata[run]=once');
    expect(list.json()).toMatchObject({ total: { value: 3 } });
    expect((await bulk(rows({}), headers)).json()).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  });

  it('makes a payment of each line without a reference', async () => {
    const [one, two] = outcomes(await bulk(rows({}, {})));
    expect(one?.ok === true && two?.ok === true && one.id !== two.id).toBe(true);
  });

  it('takes at most a thousand rows: 413; and nothing but lines of JSON: 415', async () => {
    const many = rows(...Array.from({ length: 1001 }, () => ({})));
    expect((await bulk(many)).json()).toMatchObject({ status: 413, code: 'too_many_rows' });
    const json = await client.post('/v1/payments/bulk', { amount: 1, currency: 'GBP' });
    expect(json.json()).toMatchObject({ status: 415, code: 'unsupported_media_type' });
    expect((await bulk('x'.repeat(8 * 1024 * 1024 + 1))).json()).toMatchObject({ status: 413, code: 'body_too_large' });
  });

  it('answers nothing to nothing', async () => {
    const answer = await bulk('\n\n');
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
  });

  it('only here are bodies lines of JSON', async () => {
    const headers = { 'content-type': 'application/x-ndjson' };
    const answer = await client.send({ method: 'POST', url: '/v1/payments', headers, payload: rows({}) });
    expect(answer.statusCode).toBe(415);
  });
});
