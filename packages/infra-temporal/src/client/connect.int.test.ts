// The way to a server behind TLS: its authority is checked, the API key goes along, and what is wrong is said.

import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createSecureServer, type Http2SecureServer, type OutgoingHttpHeaders } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring, createMemoryLedger, createSandboxGateway, systemClock } from '@paystrata/application';
import { startTemporal, type TemporalServer } from '@paystrata/test-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTemporalStrategy } from '../strategy/create-temporal-strategy.ts';
import type { TemporalOptionsInput } from '../strategy/options.ts';
import { createAuthority, type TestCertificate } from '../testing/certificate.ts';
import { ids } from '../testing/orders.ts';
import { createTestPayments } from '../testing/test-payments.ts';

const folder = mkdtempSync(join(tmpdir(), 'paystrata-tls-'));
const authority = createAuthority();
const host = 'temporal.test';
const fileOf = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const trusted = { tlsCaFile: fileOf('ca.pem', authority.cert), tlsServerName: host };

let server: TemporalServer;
let front: Http2SecureServer;
let strict: Http2SecureServer;
/** What was sent as `authorization`. */
const authorizations = new Set<string | undefined>();

beforeAll(async () => {
  server = await startTemporal();
  front = await listening(authority.issue(host), false);
  strict = await listening(authority.issue(host), true);
});
afterAll(async () => {
  for (const each of [front, strict]) each.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** TLS in front of the development server, which has none: streams are handed on as they are. */
async function listening({ cert, key }: TestCertificate, wantsCertificate: boolean): Promise<Http2SecureServer> {
  const asks = wantsCertificate && { requestCert: true, rejectUnauthorized: true, ca: authority.cert };
  const secure = createSecureServer({ cert, key, ...asks });
  const behind = connect(`http://${server.address}`);
  secure.once('close', () => behind.close());
  secure.on('stream', (stream, headers) => {
    authorizations.add(headers.authorization);
    const passed = Object.entries(headers).filter(([name]) => name !== ':scheme' && name !== ':authority');
    const request = behind.request(Object.fromEntries(passed));
    let trailers: OutgoingHttpHeaders = {};
    request.once('response', (answer, flags) => {
      const isAll = (flags & 1) === 1;
      stream.respond(answer, isAll ? { endStream: true } : { waitForTrailers: true });
      if (!isAll) request.pipe(stream);
    });
    request.once('trailers', (given: OutgoingHttpHeaders) => {
      trailers = given;
    });
    stream.once('wantTrailers', () => stream.sendTrailers(trailers));
    for (const [one, other] of [
      [stream, request],
      [request, stream],
    ] as const) {
      one.once('error', () => other.destroy());
      one.once('aborted', () => other.close());
    }
    stream.pipe(request);
  });
  secure.listen(0, '127.0.0.1');
  await once(secure, 'listening');
  return secure;
}

function through(proxy: Http2SecureServer, options: TemporalOptionsInput) {
  const place = proxy.address();
  const port = typeof place === 'object' && place !== null ? place.port : 0;
  return createTemporalStrategy({
    ...{ clock: systemClock, ids, keyring: createMemoryKeyring(), taskQueue: ids.next(), allowVolatile: true },
    gateway: createSandboxGateway(createMemoryLedger()),
    ...{ address: `127.0.0.1:${port}`, connectTimeoutMs: 2000, ...options },
  });
}

async function createsThrough(proxy: Http2SecureServer, options: TemporalOptionsInput): Promise<void> {
  const strategy = through(proxy, options);
  await strategy.start();
  const payments = createTestPayments(strategy);
  const { paymentId } = await payments.send(payments.creation());
  expect((await payments.send(payments.processing(paymentId))).payment.status).toBe('completed');
  await strategy.stop();
}

const unavailable = (part: string) => ({
  code: 'STORE_UNAVAILABLE',
  message: expect.stringContaining(part) as string,
});

describe('a server behind TLS', () => {
  it('is reached by client and worker with the certificate of its authority, and told the API key', async () => {
    await createsThrough(front, { ...trusted, apiKey: 'key-of-the-namespace' });
    expect([...authorizations]).toEqual(['Bearer key-of-the-namespace']);
  });

  it('that asks for a certificate is shown one', async () => {
    const { cert, key } = authority.issue('client');
    const own = { tlsCertFile: fileOf('client.pem', cert), tlsKeyFile: fileOf('client.key', key) };
    await createsThrough(strict, { ...trusted, ...own });
  });

  it('of another authority, or of another name, is not trusted, and that is said', async () => {
    const other = fileOf('other.pem', createAuthority().cert);
    const strangers = through(front, { ...trusted, tlsCaFile: other });
    await expect(strangers.start()).rejects.toMatchObject(unavailable('TLS with it fails'));
    const misnamed = through(front, { ...trusted, tlsServerName: 'elsewhere.test' });
    await expect(misnamed.start()).rejects.toMatchObject(unavailable('elsewhere.test'));
  });

  it('does not answer those without TLS, who are told what to set', async () => {
    await expect(through(front, {}).start()).rejects.toMatchObject(unavailable('temporal.tlsEnabled'));
  });

  it('is not asked with files that are not there, or not whole', async () => {
    const invalid = (part: string) => ({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(part) as string,
    });
    const missing = through(front, { tlsCaFile: join(folder, 'none.pem') });
    await expect(missing.start()).rejects.toMatchObject(invalid('none.pem'));
    const half = through(front, { ...trusted, tlsCertFile: trusted.tlsCaFile });
    await expect(half.start()).rejects.toMatchObject(invalid('tlsKeyFile'));
  });
});
