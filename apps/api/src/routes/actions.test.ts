// Process, refund, cancel, settle and erase over HTTP, with every outcome of the gateway.

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.ts';
import { clientOf, paymentIn, type Answer, type Client } from '../testing/client.ts';
import { createTestClock } from '../testing/test-clock.ts';

const clock = createTestClock();
let api: ApiUnderTest;
let client: Client;

beforeAll(async () => {
  api = await openApi({}, { clock });
  client = clientOf(api);
});

afterAll(() => api.close());

async function processed(method: string, headers = {}): Promise<Answer> {
  const { id } = await client.create();
  return client.post(`/v1/payments/${id}/process`, { method }, headers);
}

describe('process', () => {
  it('answers 200 with the completed payment', async () => {
    const answer = await processed('test_approve');
    expect(paymentIn(answer, 200)).toMatchObject({ status: 'completed', captured: 1299, version: 3 });
    expect(answer.headers['etag']).toBe('"3"');
    expect(answer.headers).toHaveProperty('paystrata-position');
  });

  it.each(['insufficient_funds', 'expired_card', 'fraudulent'])('answers 402 with the payment: %s', async (code) => {
    const answer = await processed(`test_decline_${code}`);
    expect(answer.statusCode).toBe(402);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.headers['etag']).toBe('"3"');
    expect(answer.json()).toMatchObject({
      code: 'payment_declined',
      failure: { code },
      payment: { status: 'failed', captured: 0, failure: { code } },
    });
  });

  it('answers 202 while the outcome is not known, until it is looked up', async () => {
    const answer = await processed('test_timeout_then_approve');
    const { id } = paymentIn(answer, 202);
    expect(answer.headers['location']).toBe(`/v1/payments/${id}`);
    expect(paymentIn(await client.get(`/v1/payments/${id}`), 200).status).toBe('processing');
    clock.pass(5000);
    await api.composition.effects.lookUpDue();
    expect(paymentIn(await client.get(`/v1/payments/${id}`), 200)).toMatchObject({
      status: 'completed',
      captured: 1299,
    });
  });

  it('answers 202 with what needs review where another amount was captured', async () => {
    expect(paymentIn(await processed('test_wrong_amount'), 202)).toMatchObject({
      status: 'processing',
      needsReview: true,
    });
  });

  it('answers 202 at once where that was preferred, whatever the gateway says', async () => {
    const { id } = paymentIn(await processed('test_approve', { prefer: 'respond-async' }), 202);
    await expect.poll(async () => paymentIn(await client.get(`/v1/payments/${id}`), 200).status).toBe('completed');
  });

  it('builds only upon the version that was seen', async () => {
    const { id } = await client.create();
    const url = `/v1/payments/${id}/process`;
    const stale = await client.post(url, { method: 'test_approve' }, { 'if-match': '"7"' });
    expect(stale.statusCode).toBe(412);
    expect(stale.json()).toMatchObject({ code: 'WRONG_EXPECTED_VERSION', details: { expected: 7, actual: 1 } });
    expect((await client.post(url, { method: 'test_approve' }, { 'if-match': '"1"' })).statusCode).toBe(200);
  });

  it.each([
    [{ method: 'test_approve', amount: 1 }, 422, 'amount_mismatch'],
    [{ method: 'test_approve', currency: 'USD' }, 422, 'currency_mismatch'],
    [{ method: 'card number 4242' }, 400, 'INVALID_MESSAGE'],
    [{}, 400, 'INVALID_MESSAGE'],
  ])('refuses %j: %d', async (body, status, code) => {
    const { id } = await client.create();
    const answer = await client.post(`/v1/payments/${id}/process`, body);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
  });

  it('refuses a payment that is completed: 409, and one that is not there: 404', async () => {
    const { id } = await client.createCompleted();
    const answer = await client.post(`/v1/payments/${id}/process`, { method: 'test_approve' });
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ code: 'illegal_state', details: { status: 'completed' } });
    const missing = await client.post(`/v1/payments/${crypto.randomUUID()}/process`, { method: 'test_approve' });
    expect(missing.statusCode).toBe(404);
  });
});

describe('refunds', () => {
  it('are refused as the example of docs/errors.md shows', async () => {
    const page = await readFile(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');
    const example = JSON.parse(/```json\n([^]*?)```/.exec(page)?.[1] ?? '') as object;
    const { id } = await client.createCompleted({ amount: 999 });
    const answer = await client.post(`/v1/payments/${id}/refunds`, { amount: 1000 });
    expect(answer.json()).toEqual({ ...example, requestId: answer.headers['x-request-id'] });
  });

  it('answers 201: a part, then all that remains; then there is nothing left: 409', async () => {
    const { id } = await client.createCompleted();
    const url = `/v1/payments/${id}/refunds`;
    const part = await client.post(url, { amount: 300, reason: 'damaged' });
    expect(paymentIn(part, 201)).toMatchObject({ status: 'partially_refunded', refunded: 300 });
    expect(part.headers['location']).toBe(`/v1/payments/${id}`);
    expect((await client.post(url, { amount: 1000 })).json()).toMatchObject({
      status: 422,
      code: 'refund_exceeds_captured',
    });
    expect(paymentIn(await client.post(url), 201)).toMatchObject({ status: 'refunded', refunded: 1299 });
    expect((await client.post(url, {})).json()).toMatchObject({ status: 409, code: 'illegal_state' });
  });

  it.each([0, -1])('refuses %d: 422', async (amount) => {
    const { id } = await client.createCompleted();
    const answer = await client.post(`/v1/payments/${id}/refunds`, { amount });
    expect(answer.json()).toMatchObject({ status: 422, code: 'amount_not_positive', param: 'amount' });
  });

  it('answers 402 where it is declined, and 202 where its outcome is not known', async () => {
    const outcome = async (method: string) => {
      const { id } = paymentIn(await processed(method), 200);
      return client.post(`/v1/payments/${id}/refunds`, { amount: 100 });
    };
    const declined = await outcome('test_refund_decline_processing_error');
    expect(declined.statusCode).toBe(402);
    expect(declined.json()).toMatchObject({ code: 'refund_declined', payment: { status: 'completed', refunded: 0 } });
    expect(paymentIn(await outcome('test_refund_timeout_then_approve'), 202).refunds[0]?.status).toBe('pending');
  });

  it('refuses to refund what was not captured: 409', async () => {
    const { id } = await client.create();
    expect((await client.post(`/v1/payments/${id}/refunds`, {})).statusCode).toBe(409);
  });
});

describe('cancel, settle, erase', () => {
  it('cancels with and without a body; never what is completed: 409', async () => {
    const [one, two] = [await client.create(), await client.create()];
    expect(paymentIn(await client.post(`/v1/payments/${one.id}/cancel`), 200).status).toBe('cancelled');
    const empty = {
      method: 'POST',
      url: `/v1/payments/${two.id}/cancel`,
      headers: { 'content-type': 'application/json' },
    } as const;
    expect(paymentIn(await client.send(empty), 200).status).toBe('cancelled');
    const { id } = await client.createCompleted();
    expect((await client.post(`/v1/payments/${id}/cancel`, { reason: 'late' })).statusCode).toBe(409);
  });

  it('settles what is parked, with a reason; nothing else: 409', async () => {
    const parked = paymentIn(await processed('test_wrong_amount'), 202);
    const url = `/v1/payments/${parked.id}/settle`;
    expect((await client.post(url, { outcome: 'completed' })).statusCode).toBe(400);
    const settled = paymentIn(await client.post(url, { outcome: 'completed', reason: 'agreed by phone' }), 200);
    expect(settled).toMatchObject({ status: 'completed', captured: 1298, needsReview: false });
    const again = await client.post(url, { outcome: 'completed', reason: 'again' });
    expect(again.json()).toMatchObject({ status: 409, code: 'nothing_to_settle' });
  });

  it('erases the personal data of all payments of the customer, for ever', async () => {
    const customer = { id: 'cus-9', name: 'Grace', email: 'grace@example.org' };
    const [one, two] = [await client.create({ customer }), await client.create({ customer })];
    expect(paymentIn(await client.post(`/v1/payments/${one.id}/erase`), 200).customer).toBeNull();
    const other = await client.get(`/v1/payments/${two.id}`);
    expect(paymentIn(other, 200).customer).toBeNull();
    expect((await client.get(`/v1/payments/${two.id}/events`)).body).not.toContain('grace');
    const patch = await client.patch(`/v1/payments/${two.id}`, { description: 'x' }, { 'if-match': '*' });
    expect(patch.json()).toMatchObject({ status: 409, code: 'personal_data_erased' });
  });
});
