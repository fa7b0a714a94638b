// Creating, changing and deleting payments over HTTP.

import { parsePosition } from '@paystrata/application';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.ts';
import { clientOf, paymentIn, type Client } from '../testing/client.ts';

let api: ApiUnderTest;
let client: Client;

beforeAll(async () => {
  api = await openApi({ limits: { ratePerSecond: 0, maxAmount: 1_000_000 } });
  client = clientOf(api);
});

afterAll(() => api.close());

describe('POST /v1/payments', () => {
  it('answers 201 with the payment, where it is, its ETag and its position', async () => {
    const answer = await client.post('/v1/payments', {
      amount: 12_999,
      currency: 'EUR',
      description: 'Invoice 7',
      reference: 'inv-7',
      customer: { id: 'cus-1', name: 'Ada', email: 'ada@example.org' },
      userId: 'u-1',
      workflowId: 'w-1',
      resourceIds: ['r-1'],
      metadata: { floor: '3' },
    });
    const payment = paymentIn(answer, 201);
    expect(payment).toMatchObject({
      organizationId: 'acme',
      status: 'pending',
      amount: 12_999,
      currency: 'EUR',
      customer: { name: 'Ada', email: 'ada@example.org' },
      reference: 'inv-7',
      metadata: { floor: '3' },
      version: 1,
    });
    expect(answer.headers).toMatchObject({ location: `/v1/payments/${payment.id}`, etag: '"1"' });
    expect(parsePosition(String(answer.headers['paystrata-position']))).toMatchObject({
      paymentId: payment.id,
      version: 1,
    });
  });

  it.each([
    ['no currency', { amount: 1 }, 'currency'],
    ['a fraction of a minor unit', { amount: 1.5, currency: 'EUR' }, 'amount'],
    ['an amount as text', { amount: '1', currency: 'EUR' }, 'amount'],
    ['more than JSON holds exactly', { amount: 2 ** 53, currency: 'EUR' }, 'amount'],
    ['a currency that is none', { amount: 1, currency: 'XTS' }, 'currency'],
    ['an unknown field', { amount: 1, currency: 'EUR', tip: 1 }, null],
    ['the type of a message', { amount: 1, currency: 'EUR', type: 'CreatePayment' }, null],
    ['an id of its own', { amount: 1, currency: 'EUR', paymentId: 'x' }, null],
    ['an unknown field within', { amount: 1, currency: 'EUR', customer: { phone: '1' } }, 'customer'],
    ['a list', [], null],
  ])('refuses %s: 400', async (_name, body, param) => {
    const answer = await client.post('/v1/payments', body);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ code: 'INVALID_MESSAGE', status: 400, param });
  });

  it.each([
    ['0', { amount: 0 }, 'amount_not_positive', 'amount'],
    ['less', { amount: -5 }, 'amount_not_positive', 'amount'],
    ['above the cap', { amount: 1_000_001 }, 'amount_too_large', 'amount'],
    ['a long description', { amount: 1, description: 'x'.repeat(1001) }, 'field_too_long', 'description'],
    [
      'fifty resources and one',
      { amount: 1, resourceIds: Array.from({ length: 51 }, (_, n) => `r${n}`) },
      'too_many_entries',
      'resourceIds',
    ],
  ])('refuses %s: 422', async (_name, fields, code, param) => {
    const answer = await client.post('/v1/payments', { currency: 'EUR', ...fields });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code, param });
  });

  it('refuses a reference that is taken: 409, naming the payment', async () => {
    const { id } = await client.create({ reference: 'taken' });
    const answer = await client.post('/v1/payments', { amount: 1, currency: 'EUR', reference: 'taken' });
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ code: 'payment_exists', details: { paymentId: id, sameAmount: false } });
  });

  it.each([
    '{"amount":1,"__proto__":{"admin":true}}',
    '{"amount":1,"constructor":{"prototype":{"admin":true}}}',
    '{',
    '[1',
  ])('refuses the body %s: 400, and no prototype is changed', async (payload) => {
    const answer = await client.send({
      method: 'POST',
      url: '/v1/payments',
      headers: { 'content-type': 'application/json' },
      payload,
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'malformed_json' });
    expect('admin' in {}).toBe(false);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the metadata key %s: 400', async (key) => {
    const payload = `{"amount":1,"currency":"EUR","metadata":{"${key}":"x"}}`;
    const answer = await client.send({
      method: 'POST',
      url: '/v1/payments',
      headers: { 'content-type': 'application/json' },
      payload,
    });
    expect(answer.statusCode).toBe(400);
  });

  it('refuses a body that is too large: 413, and one of another type: 415', async () => {
    const large = await client.post('/v1/payments', { amount: 1, currency: 'EUR', description: 'x'.repeat(300_000) });
    expect([large.statusCode, large.json<{ code: string }>().code]).toEqual([413, 'body_too_large']);
    const xml = await client.send({
      method: 'POST',
      url: '/v1/payments',
      headers: { 'content-type': 'text/xml' },
      payload: '<a/>',
    });
    expect([xml.statusCode, xml.json<{ code: string }>().code]).toEqual([415, 'unsupported_media_type']);
  });

  it('answers 202 with the payment where that was preferred', async () => {
    const answer = await client.post(
      '/v1/payments',
      { amount: 1, currency: 'EUR' },
      { prefer: 'respond-async, wait=10' },
    );
    const { id } = paymentIn(answer, 202);
    expect(answer.headers).toMatchObject({ location: `/v1/payments/${id}`, 'preference-applied': 'respond-async' });
  });
});

describe('PATCH /v1/payments/{id}', () => {
  it('changes what it names, and answers with the next version', async () => {
    const { id } = await client.create({ description: 'old', metadata: { a: '1', b: '2' } });
    const patch = { description: null, amount: 5, metadata: { a: null, c: '3' } };
    const answer = await client.patch(`/v1/payments/${id}`, patch, { 'if-match': '"1"' });
    expect(paymentIn(answer, 200)).toMatchObject({
      description: null,
      amount: 5,
      metadata: { b: '2', c: '3' },
      version: 2,
    });
    expect(answer.headers['etag']).toBe('"2"');
  });

  it('is refused without If-Match: 428; with a stale one: 412; with a malformed one: 400', async () => {
    const { id } = await client.create();
    const statuses: Record<string, number> = {};
    for (const tag of ['', '"2"', 'W/"1"', '1', '"1", "2"']) {
      const answer = await client.patch(`/v1/payments/${id}`, { amount: 5 }, tag === '' ? {} : { 'if-match': tag });
      statuses[tag] = answer.statusCode;
    }
    expect(statuses).toEqual({ '': 428, '"2"': 412, 'W/"1"': 400, '1': 400, '"1", "2"': 400 });
  });

  it('takes If-Match: * for any version', async () => {
    const { id } = await client.create();
    expect((await client.patch(`/v1/payments/${id}`, { amount: 5 }, { 'if-match': '*' })).statusCode).toBe(200);
  });

  it('refuses another currency: 422, and a payment that is completed: 409', async () => {
    const { id } = await client.create();
    const dollars = await client.patch(`/v1/payments/${id}`, { currency: 'USD' }, { 'if-match': '*' });
    expect([dollars.statusCode, dollars.json<{ code: string }>().code]).toEqual([422, 'currency_mismatch']);
    const done = await client.createCompleted();
    const late = await client.patch(`/v1/payments/${done.id}`, { amount: 5 }, { 'if-match': '*' });
    expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([409, 'illegal_state']);
  });

  it('takes a merge patch by its own media type', async () => {
    const { id } = await client.create();
    const headers = { 'content-type': 'application/merge-patch+json', 'if-match': '"1"' };
    const answer = await client.send({ method: 'PATCH', url: `/v1/payments/${id}`, headers, payload: '{"amount":7}' });
    expect(paymentIn(answer, 200).amount).toBe(7);
  });
});

describe('DELETE /v1/payments/{id}', () => {
  it('deletes what moved no money; then it is gone, but its history can be read', async () => {
    const { id } = await client.create();
    const answer = await client.delete(`/v1/payments/${id}?reason=twice`, { 'if-match': '"1"' });
    expect(paymentIn(answer, 200)).toMatchObject({ status: 'deleted', version: 2 });
    expect((await client.get(`/v1/payments/${id}`)).statusCode).toBe(410);
    expect((await client.get(`/v1/payments/${id}?asOf=1`)).statusCode).toBe(200);
    expect((await client.get(`/v1/payments/${id}/events`)).json<{ data: unknown[] }>().data).toHaveLength(2);
    expect((await client.post(`/v1/payments/${id}/process`, { method: 'test_approve' })).statusCode).toBe(410);
  });

  it('needs If-Match: 428; and refuses a completed payment: 409', async () => {
    const { id } = await client.createCompleted();
    expect((await client.delete(`/v1/payments/${id}`)).statusCode).toBe(428);
    expect((await client.delete(`/v1/payments/${id}`, { 'if-match': '*' })).statusCode).toBe(409);
  });
});
