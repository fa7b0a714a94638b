// The connection is reset once the payment is committed, before a byte of the answer comes through: whoever sends the
// request again with its key has exactly one payment.

import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { figure, proofTimeoutMs, prove } from '@paystrata/test-servers';
import { expect, it } from 'vitest';
import { asker, newFolder, serveIn } from './running-server.ts';

const LOST = figure(60, 10_000);
const LANES = 8;
const property = 'a lost answer over HTTP, sent again with its key, is one payment';

/** Resets each connection when its answer begins, and one of four already when its request was handed on. */
async function startResettingProxy(target: string) {
  const { hostname, port } = new URL(target);
  const counts = { answers: 0, requests: 0 };
  const server = createServer((client: Socket) => {
    const early = (counts.answers + counts.requests) % 4 === 3;
    const upstream = connect(Number(port), hostname);
    const reset = (what: keyof typeof counts) => {
      counts[what]++;
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    };
    client.on('data', (part) => upstream.write(part, () => early && !upstream.destroyed && reset('requests')));
    upstream.once('data', () => client.destroyed || reset('answers'));
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  return { port: own, counts, stop: () => new Promise((resolve) => server.close(resolve)) };
}

/** Resolves when the connection broke; fails where an answer came through. */
function sendInVain(port: number, headers: Readonly<Record<string, string>>, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', method: 'POST', path: '/v1/payments', headers, agent: false });
    sent.on('response', () => reject(new Error('an answer came through')));
    sent.on('error', () => resolve());
    sent.end(body);
  });
}

it(
  property,
  async () => {
    const folder = newFolder();
    const server = await serveIn(folder.path, { limits: { ratePerSecond: 0 } });
    const key = server.firstKey?.key ?? '';
    const ask = asker(server.url, key);
    const proxy = await startResettingProxy(server.url);
    await prove({ part: 'http-lost-answer', property, store: 'SQLite' }, async () => {
      const ids = new Set<string>();
      let [sent, replayed] = [0, 0];
      const lane = async () => {
        while (proxy.counts.answers < LOST) {
          const again = { 'idempotency-key': randomUUID() };
          const body = { amount: 100 + (sent++ % 900), currency: 'EUR' };
          const headers = { ...again, authorization: `Bearer ${key}`, 'content-type': 'application/json' };
          await sendInVain(proxy.port, headers, JSON.stringify(body));
          // While the first request is still under way the second one is told to wait.
          let answer = await ask('POST', '/v1/payments', body, again);
          while (answer.status === 409) answer = await ask('POST', '/v1/payments', body, again);
          expect(answer.status).toBe(201);
          if (answer.headers.get('idempotency-replayed') === 'true') replayed++;
          const { id } = (await answer.json()) as { readonly id: string };
          ids.add(id);
        }
      };
      await Promise.all(Array.from({ length: LANES }, lane));
      expect(ids.size).toBe(sent);
      expect(replayed).toBeGreaterThanOrEqual(proxy.counts.answers);
      const statistics = (await (await ask('GET', '/v1/statistics')).json()) as { readonly count: number };
      expect(statistics.count).toBe(sent);
      const { answers, requests } = proxy.counts;
      return `${answers} connections reset after the commit, ${requests} before it was known; sent again: ${sent} payments, ${replayed} of them replayed`;
    });
    await proxy.stop();
    await server.stop();
    folder.remove();
  },
  proofTimeoutMs,
);
