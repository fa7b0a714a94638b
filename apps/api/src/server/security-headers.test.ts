import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

it.each(['/health/live', '/v1/payments', '/nowhere'])('are on every answer, refusals too: %s', async (url) => {
  const { headers } = await api.app.inject({ url });
  expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  expect(headers['x-powered-by']).toBeUndefined();
});
