// Rate limits, and inputs made to hurt.

import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, it } from 'vitest';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.ts';
import { clientOf } from '../testing/client.ts';

let api: ApiUnderTest | null = null;

afterEach(async () => {
  await api?.close();
  api = null;
});

function keys(count: number): string {
  return Array.from({ length: count }, (_, number) => `"${number}":""`).join(',');
}

describe('the rate limit', () => {
  it('lets a burst through, then asks to wait; each key by itself', async () => {
    api = await openApi({ limits: { ratePerSecond: 1, burst: 3 } });
    const client = clientOf(api);
    const answers = [];
    for (let sent = 0; sent < 5; sent++) answers.push(await client.get('/v1/payments'));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 429, 429]);
    const refused = answers.at(-1);
    expect(refused?.json()).toMatchObject({ code: 'rate_limited' });
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await clientOf(api, await api.newKey('acme')).get('/v1/payments')).statusCode).toBe(200);
    expect((await api.app.inject('/health/live')).statusCode).toBe(200);
  });

  it('holds up who guesses keys', async () => {
    api = await openApi({ limits: { ratePerSecond: 1, burst: 3 } });
    const client = clientOf(api, 'psk_guess');
    const statuses = [];
    for (let sent = 0; sent < 5; sent++) statuses.push((await client.get('/v1/payments')).statusCode);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
  });
});

describe('inputs made to hurt', () => {
  it.each([
    ['100,000 levels deep', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['100,000 objects deep', '{"a":'.repeat(40_000) + '1' + '}'.repeat(40_000)],
    ['20,000 keys', `{${keys(20_000)}}`],
    ['20,000 keys of metadata', `{"amount":1,"currency":"EUR","metadata":{${keys(20_000)}}}`],
    ['100,000 nulls', `[${'null,'.repeat(50_000)}null]`],
  ])('%s are refused without holding up the event loop', async (_name, payload) => {
    api = await openApi();
    const client = clientOf(api);
    const headers = { 'content-type': 'application/json' };
    const send = () => client.send({ method: 'POST', url: '/v1/payments', headers, payload });
    await send();
    const begun = performance.now();
    const answer = await send();
    // Some milliseconds on a quiet machine; what grows faster than the input would take many seconds.
    expect(performance.now() - begun).toBeLessThan(1000);
    expect([400, 422]).toContain(answer.statusCode);
  });

  it.each([
    ['two million lines of JSON', '{}\n'.repeat(2_000_000), 413],
    ['800,000 keys', `{${keys(20_000)}}\n`.repeat(40), 200],
    ['lines as deep as they are long', `${'['.repeat(200_000)}\n`.repeat(40), 200],
  ])('%s are read by slices, and none of it is made', async (_name, payload, status) => {
    api = await openApi();
    const headers = { 'content-type': 'application/x-ndjson' };
    const answer = await clientOf(api).send({ method: 'POST', url: '/v1/payments/bulk', headers, payload });
    expect(answer.statusCode).toBe(status);
    if (status === 200) expect(answer.body).not.toContain('"ok":true');
  });
});
