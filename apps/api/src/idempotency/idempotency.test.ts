// Idempotency-Key: the same intention acts once, whatever becomes of the first answer.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.ts';
import { clientOf, paymentIn, type Client } from '../testing/client.ts';
import { createTestClock } from '../testing/test-clock.ts';

const clock = createTestClock();
let api: ApiUnderTest;
let client: Client;
let keys = 0;

beforeAll(async () => {
  api = await openApi({}, { clock });
  client = clientOf(api);
});

afterAll(() => api.close());

const newKey = () => ({ 'idempotency-key': `k-${++keys}` });
const euro = { amount: 100, currency: 'EUR' };

async function countOf(reference: string): Promise<number> {
  const answer = await client.get(`/v1/payments?q=${reference}`);
  return answer.json<{ total: { value: number } }>().total.value;
}

describe('a key that was used', () => {
  it('answers the same again, says so, and makes nothing new', async () => {
    const key = newKey();
    const body = { ...euro, description: 'once-only' };
    const first = await client.post('/v1/payments', body, key);
    const again = await client.post('/v1/payments', { description: 'once-only', ...euro }, key);
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect([again.statusCode, again.body]).toEqual([201, first.body]);
    for (const header of ['etag', 'location', 'paystrata-position']) {
      expect(again.headers[header]).toBe(first.headers[header]);
    }
    expect(await countOf('once')).toBe(1);
  });

  it('shows the payment as it was then, not as it is now', async () => {
    const key = newKey();
    const { id } = paymentIn(await client.post('/v1/payments', euro, key), 201);
    await client.post(`/v1/payments/${id}/process`, { method: 'test_approve' });
    expect(paymentIn(await client.post('/v1/payments', euro, key), 201)).toMatchObject({
      id,
      status: 'pending',
      version: 1,
    });
  });

  it('is refused with another body: 422, and with another address: 422', async () => {
    const key = newKey();
    await client.post('/v1/payments', euro, key);
    const other = await client.post('/v1/payments', { ...euro, amount: 200 }, key);
    expect(other.json()).toMatchObject({ status: 422, code: 'idempotency_key_reused', param: 'Idempotency-Key' });
    const [one, two] = [await client.create(), await client.create()];
    const action = newKey();
    await client.post(`/v1/payments/${one.id}/cancel`, {}, action);
    expect((await client.post(`/v1/payments/${two.id}/cancel`, {}, action)).statusCode).toBe(422);
  });

  it('is another one on another route, and in another organization', async () => {
    const key = newKey();
    const { id } = paymentIn(await client.post('/v1/payments', euro, key), 201);
    const processed = await client.post(`/v1/payments/${id}/process`, { method: 'test_approve' }, key);
    expect(paymentIn(processed, 200).status).toBe('completed');
    const stranger = clientOf(api, await api.newKey('globex'));
    const theirs = await stranger.post('/v1/payments', { ...euro, amount: 7 }, key);
    expect(paymentIn(theirs, 201)).toMatchObject({ organizationId: 'globex', amount: 7 });
  });

  it.each(['a b', 'ü', 'x'.repeat(256), ''])('is refused where it is malformed (%.10s): 400', async (key) => {
    const answer = await client.post('/v1/payments', euro, { 'idempotency-key': key });
    expect(answer.json()).toMatchObject({ status: 400, param: 'idempotency-key' });
  });
});

describe('process and refund', () => {
  it('charge once, and answer 200 again', async () => {
    const { id } = await client.create();
    const key = newKey();
    const url = `/v1/payments/${id}/process`;
    await client.post(url, { method: 'test_approve' }, key);
    const again = await client.post(url, { method: 'test_approve' }, key);
    expect(paymentIn(again, 200)).toMatchObject({ status: 'completed', version: 3 });
    expect(again.headers['idempotency-replayed']).toBe('true');
    const refund = newKey();
    await client.post(`/v1/payments/${id}/refunds`, { amount: 100 }, refund);
    expect(paymentIn(await client.post(`/v1/payments/${id}/refunds`, { amount: 100 }, refund), 201).refunded).toBe(100);
    expect(paymentIn(await client.get(`/v1/payments/${id}`), 200).refunds).toHaveLength(1);
  });

  it('answer 402 again where it was declined, although it may be tried anew', async () => {
    const { id } = await client.create();
    const key = newKey();
    const body = { method: 'test_decline_card_declined' };
    const first = await client.post(`/v1/payments/${id}/process`, body, key);
    await client.post(`/v1/payments/${id}/process`, { method: 'test_approve' });
    const again = await client.post(`/v1/payments/${id}/process`, body, key);
    expect(again.statusCode).toBe(402);
    expect(again.json<{ payment: unknown }>().payment).toEqual(first.json<{ payment: unknown }>().payment);
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it.each([
    ['test_timeout_then_approve', 200],
    ['test_timeout_then_decline', 402],
  ])('answer 202 until %s is known, then %d', async (method, status) => {
    const { id } = await client.create();
    const key = newKey();
    const send = () => client.post(`/v1/payments/${id}/process`, { method }, key);
    expect((await send()).statusCode).toBe(202);
    expect((await send()).statusCode).toBe(202);
    clock.pass(10_000);
    await api.composition.effects.lookUpDue();
    expect((await send()).statusCode).toBe(status);
  });

  it.each([
    ['completed', 200],
    ['failed', 402],
  ])('answer 202 until a person settled it as %s, then %d', async (outcome, status) => {
    const { id } = await client.create();
    const key = newKey();
    const send = () => client.post(`/v1/payments/${id}/process`, { method: 'test_wrong_amount' }, key);
    expect((await send()).statusCode).toBe(202);
    expect((await send()).statusCode).toBe(202);
    await client.post(`/v1/payments/${id}/settle`, { outcome, reason: 'looked it up' });
    expect((await send()).statusCode).toBe(status);
  });
});

describe('what is not remembered', () => {
  it('a refusal: the key may be used again, with another body', async () => {
    const { id } = await client.createCompleted();
    const key = newKey();
    const url = `/v1/payments/${id}/refunds`;
    expect((await client.post(url, { amount: 5000 }, key)).statusCode).toBe(422);
    expect((await client.post(url, { amount: 200 }, key)).statusCode).toBe(201);
  });

  it('a malformed request, and a stale version', async () => {
    const { id } = await client.create();
    const key = newKey();
    const url = `/v1/payments/${id}/process`;
    expect((await client.post(url, { method: 1 }, key)).statusCode).toBe(400);
    expect((await client.post(url, { method: 'test_approve' }, { ...key, 'if-match': '"9"' })).statusCode).toBe(412);
    expect((await client.post(url, { method: 'test_approve', amount: 1299 }, key)).statusCode).toBe(200);
  });
});

describe('when things go wrong', () => {
  it('is refused while the first request is under way: 409', async () => {
    const { strategy } = api.composition;
    const key = newKey();
    const execute = strategy.write.execute.bind(strategy.write);
    const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = vi.spyOn(strategy.write, 'execute').mockImplementationOnce(async (order) => {
      begun.resolve();
      await held.promise;
      return execute(order);
    });
    const first = client.post('/v1/payments', euro, key);
    await begun.promise;
    const second = await client.post('/v1/payments', euro, key);
    expect(second.json()).toMatchObject({ status: 409, code: 'idempotency_in_flight' });
    expect(second.headers['retry-after']).toBe('1');
    held.resolve();
    expect((await first).statusCode).toBe(201);
    slow.mockRestore();
    expect((await client.post('/v1/payments', euro, key)).body).toBe((await first).body);
  });

  it('acts once however many send it at once', async () => {
    const key = newKey();
    const body = { ...euro, description: 'racing-body' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.post('/v1/payments', body, key)));
    for (const { statusCode } of answers) expect([201, 409]).toContain(statusCode);
    expect(await countOf('racing')).toBe(1);
  });

  it('acts once where the answer was lost after the commit', async () => {
    const { strategy } = api.composition;
    const key = newKey();
    const body = { ...euro, description: 'lost-answer' };
    const execute = strategy.write.execute.bind(strategy.write);
    const broken = vi.spyOn(strategy.write, 'execute').mockImplementationOnce(async (order) => {
      await execute(order);
      throw new Error('the connection broke');
    });
    expect((await client.post('/v1/payments', body, key)).statusCode).toBe(500);
    broken.mockRestore();
    const again = await client.post('/v1/payments', body, key);
    expect(again.statusCode).toBe(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await countOf('lost')).toBe(1);
  });

  it('runs it where the process ended between the key and the command', async () => {
    const { strategy } = api.composition;
    const key = newKey();
    const body = { ...euro, description: 'never-ran' };
    const broken = vi.spyOn(strategy.write, 'execute').mockRejectedValueOnce(new Error('killed'));
    expect((await client.post('/v1/payments', body, key)).statusCode).toBe(500);
    broken.mockRestore();
    const again = await client.post('/v1/payments', body, key);
    expect(again.statusCode).toBe(201);
    expect(again.headers).not.toHaveProperty('idempotency-replayed');
  });
});
