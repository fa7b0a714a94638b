// Who may ask from a page of another origin: nobody, or who is named.

import { afterEach, expect, it } from 'vitest';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.ts';
import { clientOf } from '../testing/client.ts';
import { documentOf } from '../testing/document.ts';

const [named, other] = ['https://pay.example.org', 'https://evil.example.org'];
let api: ApiUnderTest | null = null;

afterEach(async () => {
  await api?.close();
  api = null;
});

const preflight = (origin: string) => ({
  method: 'OPTIONS' as const,
  url: '/v1/payments',
  headers: { origin, 'access-control-request-method': 'POST' },
});

it('lets no other origin in unless it is configured', async () => {
  api = await openApi();
  const asked = await api.app.inject(preflight(named));
  expect(asked.statusCode).toBe(405);
  const answers = [asked, await clientOf(api).get('/v1/payments', { origin: named })];
  for (const { headers } of answers) expect(Object.keys(headers).join()).not.toContain('access-control');
});

it('lets in those that are named, and them alone; without credentials of the browser', async () => {
  api = await openApi({ server: { corsOrigins: [named] } });
  const asked = await api.app.inject(preflight(named));
  expect([asked.statusCode, asked.body]).toEqual([204, '']);
  expect(asked.headers).toMatchObject({ vary: 'Origin', 'access-control-allow-origin': named });
  expect(asked.headers['access-control-allow-methods']).toContain('PATCH');
  expect(asked.headers).not.toHaveProperty('access-control-allow-credentials');
  const read = await clientOf(api).get('/v1/payments', { origin: named });
  expect([read.statusCode, read.headers['access-control-allow-origin']]).toEqual([200, named]);
  const refused = await api.app.inject({ url: '/v1/payments', headers: { origin: named } });
  expect([refused.statusCode, refused.headers['access-control-allow-origin']]).toEqual([401, named]);

  const stranger = await api.app.inject(preflight(other));
  expect(stranger.statusCode).toBe(405);
  const strangers = [stranger, await clientOf(api).get('/v1/payments', { origin: other })];
  for (const { headers } of strangers) {
    expect(headers).toMatchObject({ vary: 'Origin' });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  }
});

it('allows every header that the document knows of a request', async () => {
  api = await openApi({ server: { corsOrigins: [named] } });
  const allowed = String((await api.app.inject(preflight(named))).headers['access-control-allow-headers']);
  const { text } = await documentOf(api);
  const documented = [...text.matchAll(/"in":"header","name":"([^"]+)"|"name":"([^"]+)","in":"header"/g)];
  expect(documented.length).toBeGreaterThan(20);
  for (const [, one, two] of documented) expect(allowed.toLowerCase()).toContain((one ?? two ?? '').toLowerCase());
});

it.each(['https://pay.example.org/', 'pay.example.org', '*', 'null', 'https://Pay.example.org'])(
  'refuses to be configured with %s, which is no origin',
  async (origin) => {
    await expect(openApi({ server: { corsOrigins: [origin] } })).rejects.toThrow('server.corsOrigins');
  },
);
