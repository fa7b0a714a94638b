import { expect, it } from 'vitest';
import type { Progress } from '@paystrata/application';
import type { ApiRequest, Connection } from './connection.ts';
import { maintain } from './maintain.ts';

const report = { action: 'verify', checked: 7, changed: 0, differences: [], differing: 0 };
const progress = (done: number, total: number | null) =>
  `event: progress\ndata: ${JSON.stringify({ done, total })}\n\n`;

function answering(body: string | ReadableStream) {
  const sent: ApiRequest[] = [];
  const told: Progress[] = [];
  const connection: Connection = {
    async send(request) {
      sent.push(request);
      return new Response(body);
    },
  };
  const watch = { onProgress: (each: Progress) => told.push(each), signal: new AbortController().signal };
  const run = () => maintain(connection, 'verify', { kind: 'all', paymentId: null }, watch);
  return { run, sent, told };
}

it('is told how far the server is, then the report', async () => {
  const ending = `event: report\ndata: ${JSON.stringify(report)}\n\n`;
  const { run, sent, told } = answering(`${progress(3, null)}: still here\n\n${progress(7, 7)}${ending}`);
  expect(await run()).toEqual(report);
  expect(told).toEqual([
    { done: 3, total: null },
    { done: 7, total: 7 },
  ]);
  expect(sent).toMatchObject([{ path: '/v1/storage/verify', headers: { accept: 'text/event-stream' }, timeout: null }]);
});

it('fails with the problem that the server ended with', async () => {
  const problem = { status: 503, code: 'STORE_UNAVAILABLE', detail: 'the store is away', requestId: 'r-1' };
  const { run } = answering(`${progress(3, null)}event: problem\ndata: ${JSON.stringify(problem)}\n\n`);
  await expect(run()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', requestId: 'r-1' });
});

it('fails where the connection ends before the report', async () => {
  const { run } = answering(progress(3, null));
  await expect(run()).rejects.toMatchObject({
    code: 'UNREACHABLE',
    message: expect.stringContaining('verify') as string,
  });
});

it('fails where the connection breaks', async () => {
  const { run } = answering(new ReadableStream({ pull: (stream) => stream.error(new TypeError('terminated')) }));
  await expect(run()).rejects.toMatchObject({ code: 'UNREACHABLE' });
});
