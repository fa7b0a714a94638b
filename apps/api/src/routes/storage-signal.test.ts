// Maintenance goes on as long as its client waits, and ends early where the client goes away.

import { setImmediate } from 'node:timers/promises';
import { PortFailure, type MaintenanceOptions, type MaintenanceReport } from '@paystrata/application';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApi } from '../server/create-api.ts';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

/** Serves with a maintenance of the test's own, over a real socket. */
async function serve(
  run: (signal: AbortSignal | undefined, options: MaintenanceOptions) => Promise<MaintenanceReport>,
) {
  const { strategy } = api.composition;
  const maintenance = {
    ...strategy.maintenance,
    run: (_action: unknown, _scope: unknown, options: MaintenanceOptions = {}) => run(options.signal, options),
  };
  const app = await createApi({ ...api.composition, strategy: { ...strategy, maintenance } });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const headers = { authorization: `Bearer ${api.key}`, 'content-type': 'application/json' };
  const verify = (signal?: AbortSignal, accept = 'application/json') =>
    fetch(`${url}/v1/storage/verify`, {
      method: 'POST',
      headers: { ...headers, accept },
      body: '{}',
      ...(signal && { signal }),
    });
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

it('tells how far it is to whoever accepts an event stream, frame by frame', async () => {
  const goOn = Promise.withResolvers<void>();
  const { verify, close } = await serve(async (_signal, { onProgress }) => {
    onProgress?.({ done: 3, total: 7 });
    await goOn.promise;
    return report;
  });
  const answer = await verify(undefined, 'text/event-stream');
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  expect(answer.headers.get('cache-control')).toContain('no-transform');
  const frames: string[] = [];
  // The first frame is there while the run still goes on: nobody on the way held it back.
  for await (const text of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    frames.push(text);
    goOn.resolve();
  }
  expect(frames.join('')).toBe(
    `event: progress\ndata: {"done":3,"total":7}\n\nevent: report\ndata: ${JSON.stringify(report)}\n\n`,
  );
  await close();
});

it('answers by its status what fails before anything was told', async () => {
  const { verify, close } = await serve(async () => {
    throw new PortFailure('CAPABILITY_MISSING', 'not here');
  });
  const answer = await verify(undefined, 'text/event-stream');
  expect(answer.status).toBe(501);
  expect(await answer.json()).toMatchObject({ code: 'CAPABILITY_MISSING' });
  await close();
});

it('is ended when a client that watches goes away', async () => {
  const client = new AbortController();
  const ended = Promise.withResolvers<void>();
  const { verify, close } = await serve(async (signal, { onProgress }) => {
    signal?.addEventListener('abort', () => ended.resolve());
    onProgress?.({ done: 1, total: null });
    await ended.promise;
    signal?.throwIfAborted();
    return report;
  });
  const answer = await verify(client.signal, 'text/event-stream');
  client.abort();
  await ended.promise;
  await expect(answer.text()).rejects.toThrow('aborted');
  await close();
});
