// Who is let in: by key, by scope, for which organization.

import { accessScopes, commandScopes } from '@paystrata/application';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.ts';
import { clientOf, paymentIn } from '../testing/client.ts';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await openApi();
});

afterAll(() => api.close());

describe('without a valid key', () => {
  it.each([
    ['no header', undefined],
    ['another scheme', 'Basic YTpi'],
    ['no key', 'Bearer '],
    ['two keys', 'Bearer a b'],
    ['a key that is none', 'Bearer psk_nope'],
    ['a well-formed key that nobody made', 'Bearer psk_0123456789_0123456789012345678901234567890123cf8f'],
  ])('is refused: %s', async (_name, authorization) => {
    const answer = await api.app.inject({
      url: '/v1/payments',
      headers: authorization === undefined ? {} : { authorization },
    });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(answer.json()).toMatchObject({ code: 'unauthorized' });
  });

  it('is refused once the key is revoked', async () => {
    const key = await api.newKey('acme');
    const id = key.split('_')[1] ?? '';
    expect((await clientOf(api, key).get('/v1/payments')).statusCode).toBe(200);
    await api.composition.apiKeys.revoke(id, Date.now());
    expect((await clientOf(api, key).get('/v1/payments')).statusCode).toBe(401);
  });

  it('takes the scheme in any case', async () => {
    const answer = await api.app.inject({ url: '/v1/payments', headers: { authorization: `bearer ${api.key}` } });
    expect(answer.statusCode).toBe(200);
  });
});

describe('scopes', () => {
  it('let a key do what they include, and nothing else', async () => {
    const { id } = await clientOf(api).create();
    const asked = {
      read: ['GET', `/v1/payments/${id}`],
      write: ['POST', `/v1/payments/${id}/process`],
      refund: ['POST', `/v1/payments/${id}/refunds`],
      admin: ['POST', `/v1/payments/${id}/erase`],
    } as const;
    for (const [has, scope] of accessScopes.entries()) {
      const client = clientOf(api, await api.newKey('acme', scope));
      for (const [needs, needed] of accessScopes.entries()) {
        const [method, url] = asked[needed];
        const answer = await client.send({ method, url, ...(method === 'POST' && { payload: {} }) });
        expect(answer.statusCode === 403, `${scope} on ${method} ${url}`).toBe(has < needs);
      }
    }
  });

  it('are asked for before the body is looked at', async () => {
    const client = clientOf(api, await api.newKey('acme', 'read'));
    const answer = await client.post('/v1/payments', { nonsense: true });
    expect(answer.json()).toMatchObject({
      status: 403,
      code: 'FORBIDDEN',
      detail: expect.stringContaining('"write"') as string,
    });
  });

  it('are those that the command bus asks for', () => {
    expect(commandScopes).toMatchObject({
      CreatePayment: 'write',
      RefundPayment: 'refund',
      ErasePersonalData: 'admin',
    });
  });
});

describe('organizations', () => {
  it('an operator names one with each request', async () => {
    const client = clientOf(api, await api.newKey('*'));
    const body = { amount: 1, currency: 'EUR' };
    const unnamed = await client.post('/v1/payments', body);
    expect(unnamed.json()).toMatchObject({
      status: 400,
      code: 'organization_required',
      param: 'Paystrata-Organization',
    });
    const named = await client.post('/v1/payments', body, { 'paystrata-organization': 'globex' });
    expect(paymentIn(named, 201).organizationId).toBe('globex');
    const malformed = await client.post('/v1/payments', body, { 'paystrata-organization': 'Globex Corp' });
    expect(malformed.json()).toMatchObject({ status: 400, code: 'malformed_header' });
  });

  it('any other key may name its own, and no other', async () => {
    const client = clientOf(api);
    expect((await client.get('/v1/payments', { 'paystrata-organization': 'acme' })).statusCode).toBe(200);
    const other = await client.get('/v1/payments', { 'paystrata-organization': 'globex' });
    expect(other.json()).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });
});

describe('every answer', () => {
  it('carries the request id: the client’s own where it is sane', async () => {
    const client = clientOf(api);
    expect((await client.get('/v1/payments', { 'x-request-id': 'my-1' })).headers['x-request-id']).toBe('my-1');
    const answer = await client.get('/v1/nowhere', { 'x-request-id': 'a\tb<script>' });
    const id = answer.headers['x-request-id'];
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.json()).toMatchObject({ requestId: id });
  });

  it('carries security headers', async () => {
    for (const url of ['/v1/payments', '/health/live', '/nowhere']) {
      const { headers } = await clientOf(api).get(url);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
        'referrer-policy': 'no-referrer',
      });
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('ties events to the request by correlation, request id and key', async () => {
    const client = clientOf(api);
    const { id } = paymentIn(
      await client.post('/v1/payments', { amount: 1, currency: 'EUR' }, { 'x-request-id': 'req-7' }),
      201,
    );
    await client.post(`/v1/payments/${id}/process`, { method: 'test_approve' }, { 'x-correlation-id': 'order-7' });
    const { data } = (await client.get(`/v1/payments/${id}/events`)).json<{
      data: { correlationId: string; actor: string }[];
    }>();
    expect(data.map(({ correlationId }) => correlationId)).toEqual(['req-7', 'order-7', 'order-7']);
    expect(data.map(({ actor }) => actor)).toEqual([api.key.split('_')[1], api.key.split('_')[1], 'gateway']);
  });
});
