// Maintenance goes on as long as its client waits, and ends early where the client goes away.

import { setImmediate } from 'node:timers/promises';
import type { MaintenanceOptions, MaintenanceReport } from '@paystrata/application';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApi } from '../server/create-api.ts';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

/** Serves with a maintenance of the test's own, over a real socket. */
async function serve(run: (signal: AbortSignal | undefined) => Promise<MaintenanceReport>) {
  const { strategy } = api.composition;
  const maintenance = {
    ...strategy.maintenance,
    run: (_action: unknown, _scope: unknown, options?: MaintenanceOptions) => run(options?.signal),
  };
  const app = await createApi({ ...api.composition, strategy: { ...strategy, maintenance } });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const headers = { authorization: `Bearer ${api.key}`, 'content-type': 'application/json' };
  const verify = (signal?: AbortSignal) =>
    fetch(`${url}/v1/storage/verify`, { method: 'POST', headers, body: '{}', ...(signal && { signal }) });
  return { verify, close: () => app.close() };
}

const report: MaintenanceReport = { action: 'verify', checked: 7, changed: 0, differences: [], differing: 0 };

it('is not ended because the request was read', async () => {
  const { verify, close } = await serve(async (signal) => {
    for (let turn = 0; turn < 100; turn++) await setImmediate();
    signal?.throwIfAborted();
    return report;
  });
  const answer = await verify();
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ checked: 7 });
  await close();
});

it('is ended when the client goes away', async () => {
  const client = new AbortController();
  const ended = Promise.withResolvers<void>();
  const { verify, close } = await serve(async (signal) => {
    signal?.addEventListener('abort', () => ended.resolve());
    client.abort();
    await ended.promise;
    return report;
  });
  await expect(verify(client.signal)).rejects.toThrow('aborted');
  await ended.promise;
  await close();
});
