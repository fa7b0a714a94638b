// Storage, health, metrics and what else operators ask.

import { PortFailure } from '@paystrata/application';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.ts';
import { clientOf, type Client } from '../testing/client.ts';

let api: ApiUnderTest;
let client: Client;

beforeAll(async () => {
  api = await openApi();
  client = clientOf(api);
});

afterAll(() => api.close());

describe('storage', () => {
  it('says what it is and can do', async () => {
    expect((await client.get('/v1/storage')).json()).toMatchObject({
      strategy: 'memory-cqs',
      capabilities: { durable: false },
      healthy: true,
      actions: ['verify', 'repair', 'rebuild', 'synchronize', 'optimize'],
    });
  });

  it('is for admins only', async () => {
    const reader = clientOf(api, await api.newKey('acme', 'refund'));
    expect((await reader.get('/v1/storage')).statusCode).toBe(403);
    expect((await reader.post('/v1/storage/verify')).statusCode).toBe(403);
  });

  it('verifies a payment, an organization, and for operators everything', async () => {
    const { id } = await client.create();
    const run = vi.spyOn(api.composition.strategy.maintenance, 'run');
    const operator = clientOf(api, await api.newKey('*'));
    expect((await client.post('/v1/storage/verify', { paymentId: id })).json()).toMatchObject({
      action: 'verify',
      differing: 0,
    });
    await client.post('/v1/storage/verify');
    await operator.post('/v1/storage/rebuild', {});
    await operator.post('/v1/storage/verify', {}, { 'paystrata-organization': 'globex' });
    expect(run.mock.calls.map(([action, scope]) => [action, scope])).toEqual([
      ['verify', { kind: 'payment', organizationId: 'acme', paymentId: id }],
      ['verify', { kind: 'organization', organizationId: 'acme' }],
      ['rebuild', { kind: 'all' }],
      ['verify', { kind: 'organization', organizationId: 'globex' }],
    ]);
    run.mockRestore();
  });

  it('hands on what is to be verified and archived, and refuses what is malformed', async () => {
    const operator = clientOf(api, await api.newKey('*'));
    const run = vi.spyOn(api.composition.strategy.maintenance, 'run');
    const report = { checked: 1, changed: 0, differences: [], differing: 0 };
    const root = `${'ab'.repeat(32)}@7`;
    run.mockResolvedValueOnce({ action: 'verify', ...report, root });
    const verified = await operator.post('/v1/storage/verify', { root, seal: true });
    expect(verified.json()).toMatchObject({ action: 'verify', root });
    run.mockResolvedValueOnce({ action: 'archive', ...report, bytes: { before: 9, after: 3 } });
    await operator.post('/v1/storage/archive', { before: '2026-01-31' });
    expect(run.mock.calls.map(([, , options]) => options)).toMatchObject([
      { keptRoot: { position: 7, hash: Buffer.from('ab'.repeat(32), 'hex') }, seal: true },
      { before: Date.UTC(2026, 0, 31) },
    ]);
    run.mockRestore();
    for (const [path, body, param] of [
      ['verify', { root: 'abc@7' }, 'root'],
      ['verify', { before: '2026-01-31' }, ''],
      ['archive', { before: 'yesterday' }, 'before'],
      ['archive', { seal: true }, ''],
      ['rebuild', { root }, ''],
    ] as const) {
      const refused = await operator.post(`/v1/storage/${path}`, body);
      expect(refused.json(), path).toMatchObject({ status: 400, errors: [{ param }] });
    }
  });

  it('says which strategy cannot do what: 501', async () => {
    const root = `${'ab'.repeat(32)}@7`;
    for (const body of [{ root }, { seal: true }]) {
      const answer = await client.post('/v1/storage/verify', body);
      expect(answer.json()).toMatchObject({ status: 501, code: 'CAPABILITY_MISSING' });
    }
    const answer = await client.post('/v1/storage/archive');
    expect(answer.json()).toMatchObject({ status: 501, code: 'CAPABILITY_MISSING' });
  });

  it('synchronizes, repairs and optimizes what it has', async () => {
    const { id } = await client.create();
    for (const [path, action] of [
      ['sync', 'synchronize'],
      ['repair', 'repair'],
      ['optimize', 'optimize'],
    ] as const) {
      const answer = await client.post(`/v1/storage/${path}`, { paymentId: id });
      expect(answer.json()).toMatchObject({ action, changed: 0, differing: 0 });
    }
  });
});

describe('health', () => {
  it('is alive without a key, and ready while every port is up', async () => {
    expect((await api.app.inject('/health/live')).json()).toEqual({ status: 'ok' });
    expect((await api.app.inject('/health/ready')).json()).toMatchObject({ status: 'ok' });
  });

  it('says which port is down: 503', async () => {
    const { strategy, apiKeys } = api.composition;
    const sources = [{ name: 'PostgreSQL', healthy: false, problem: 'connection to 10.0.0.7 refused' }];
    const health = vi.spyOn(strategy, 'health').mockResolvedValue({ healthy: false, sources });
    const find = vi.spyOn(apiKeys, 'find').mockRejectedValue(new PortFailure('STORE_UNAVAILABLE', 'locked'));
    const answer = await api.app.inject('/health/ready');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual({
      status: 'unavailable',
      sources: [
        { name: 'PostgreSQL', healthy: false },
        { name: 'API keys', healthy: false },
      ],
    });
    health.mockRestore();
    find.mockRestore();
  });

  it('answers 503 with Retry-After while the store is down', async () => {
    const down = vi.spyOn(api.composition.strategy.read, 'search');
    down.mockRejectedValue(new PortFailure('STORE_UNAVAILABLE', 'connection to 10.0.0.7 refused'));
    const answer = await client.get('/v1/payments');
    expect(answer.json()).toMatchObject({ status: 503, code: 'STORE_UNAVAILABLE' });
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.body).not.toContain('10.0.0.7');
    down.mockRestore();
  });
});

describe('metrics', () => {
  it('count requests by route and messages by outcome, never by address', async () => {
    const measure = vi.spyOn(api.composition.strategy, 'measure');
    measure.mockReturnValue([{ name: 'paystrata_lag', value: 7, labels: { sink: 'redis' } }]);
    const { id } = await client.create();
    await client.get(`/v1/payments/${id}`);
    await client.post(`/v1/payments/${id}/refunds`);
    const { body, headers } = await api.app.inject('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(body).toContain(
      'paystrata_http_request_duration_seconds_count{method="GET",route="/v1/payments/:id",status="200"}',
    );
    expect(body).toContain('paystrata_messages_total{type="RefundPayment",outcome="illegal_state"}');
    expect(body).toContain('paystrata_lag{sink="redis"} 7');
    expect(body).not.toContain(id);
    measure.mockRestore();
  });
});
