// The API over a real socket, on the default strategy: payments that survive restarts, keys that another process revokes.

import { connect } from 'node:net';
import type { PaymentView } from '@paystrata/application';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { asker, composeIn, newFolder, serveIn, type ServerUnderTest } from './running-server.ts';

let folder: ReturnType<typeof newFolder>;
let server: ServerUnderTest;

beforeEach(async () => {
  folder = newFolder();
  server = await serveIn(folder.path);
});

afterEach(async () => {
  await server.stop();
  folder.remove();
});

function firstKey(): string {
  if (server.firstKey === null) throw new Error('no first key was made');
  return server.firstKey.key;
}

async function paymentOf(answer: Response, status: number): Promise<PaymentView> {
  expect(answer.status).toBe(status);
  return (await answer.json()) as PaymentView;
}

it('makes a key for the organization demo at its first start, and no other at the next', async () => {
  const key = firstKey();
  expect(server.firstKey).toMatchObject({ organizationId: 'demo', scopes: ['read', 'write', 'refund', 'admin'] });
  expect((await asker(server.url, key)('GET', '/v1/payments')).status).toBe(200);
  await server.stop();
  server = await serveIn(folder.path);
  expect(server.firstKey).toBeNull();
  expect((await asker(server.url, key)('GET', '/v1/payments')).status).toBe(200);
});

it('takes a payment through its life, and knows it after a restart', async () => {
  const key = firstKey();
  let ask = asker(server.url, key);
  const created = await ask('POST', '/v1/payments', { amount: 1299, currency: 'EUR', customer: { name: 'Ada' } });
  const { id } = await paymentOf(created, 201);
  expect(
    await paymentOf(await ask('POST', `/v1/payments/${id}/process`, { method: 'test_approve' }), 200),
  ).toMatchObject({
    status: 'completed',
  });
  const refund = { 'idempotency-key': 'refund-1' };
  await paymentOf(await ask('POST', `/v1/payments/${id}/refunds`, { amount: 299 }, refund), 201);
  await server.stop();
  server = await serveIn(folder.path);
  ask = asker(server.url, key);
  const replayed = await ask('POST', `/v1/payments/${id}/refunds`, { amount: 299 }, refund);
  expect(replayed.headers.get('idempotency-replayed')).toBe('true');
  expect(await paymentOf(replayed, 201)).toMatchObject({ refunded: 299 });
  expect(await paymentOf(await ask('GET', `/v1/payments/${id}`), 200)).toMatchObject({
    status: 'partially_refunded',
    refunded: 299,
    customer: { name: 'Ada' },
  });
});

it('knows within a second of a key that another process made or revoked', async () => {
  const { createApiKey, parseOrganizationId } = await import('@paystrata/application');
  const other = await composeIn(folder.path);
  const organizationId = parseOrganizationId('acme') ?? '*';
  const { key, id } = await createApiKey(other.apiKeys, { organizationId, scopes: ['read'], now: other.clock.now() });
  const ask = asker(server.url, key);
  expect((await ask('GET', '/v1/payments')).status).toBe(200);
  await other.apiKeys.revoke(id, other.clock.now());
  await vi.waitFor(async () => expect((await ask('GET', '/v1/payments')).status).toBe(401), { timeout: 1000 });
  await other.stop();
});

it('finishes what is in flight before it stops, and takes nothing new', async () => {
  const { strategy } = server.composition;
  const execute = strategy.write.execute.bind(strategy.write);
  const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  vi.spyOn(strategy.write, 'execute').mockImplementationOnce(async (order) => {
    begun.resolve();
    await held.promise;
    return execute(order);
  });
  const ask = asker(server.url, firstKey());
  const inFlight = ask('POST', '/v1/payments', { amount: 1, currency: 'EUR' });
  await begun.promise;
  const stopping = server.stop();
  await expect
    .poll(() =>
      ask('GET', '/v1/payments').then(
        ({ status }) => status,
        () => 'refused',
      ),
    )
    .toBe('refused');
  held.resolve();
  expect((await inFlight).status).toBe(201);
  await stopping;
});

it('answers what is no HTTP, or has too many headers, with a problem', async () => {
  expect(await raw('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json.*"malformed_request"/s);
  const large = `GET / HTTP/1.1\r\nHost: a\r\nX-A: ${'x'.repeat(20_000)}\r\n\r\n`;
  expect(await raw(large)).toMatch(/^HTTP\/1\.1 431 .*"headers_too_large"/s);
  const badUrl = await raw('GET /v1/payments/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  expect(badUrl).toMatch(/^HTTP\/1\.1 400 .*"malformed_request"/s);
});

function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(text));
    socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
    socket.on('end', () => resolve(answer)).on('error', reject);
  });
}
