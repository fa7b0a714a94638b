import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, type Connection } from './connection.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let url = '';
let answers: Answer[] = [];
let seen: IncomingMessage[] = [];

beforeEach(async () => {
  answers = [];
  seen = [];
  server = createServer((request, response) => {
    seen.push(request);
    request.resume();
    const answer = answers.shift() ?? ((_request, last) => last.end('{}'));
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});

afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

const connection = (changes: Partial<Parameters<typeof connect>[0]> = {}): Connection =>
  connect({ url, key: 'psk_k', organization: null, stop: new AbortController().signal, ...changes });
const get = { method: 'GET', path: '/v1/payments' } as const;

function problem(status: number, code: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/problem+json', ...headers });
    response.end(JSON.stringify({ status, code, detail: 'what is wrong', requestId: 'req-1' }));
  };
}

describe('a request', () => {
  it('carries the key, the organization and its parameters', async () => {
    await connection({ url: `${url}/base/`, organization: 'acme' }).send({
      ...get,
      query: [
        ['status', 'pending'],
        ['status', 'failed'],
        ['q', null],
        ['created[gte]', '2026-01-01'],
      ],
    });
    expect(seen[0]?.url).toBe('/base/v1/payments?status=pending&status=failed&created%5Bgte%5D=2026-01-01');
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer psk_k', 'paystrata-organization': 'acme' });
  });

  it('is sent again after as long as a busy server asks for', async () => {
    answers = [
      problem(429, 'rate_limited', { 'retry-after': '0' }),
      problem(503, 'shutting_down', { 'retry-after': '0' }),
    ];
    expect((await connection().send(get)).status).toBe(200);
    expect(seen).toHaveLength(3);
  });

  it('is sent again where the connection breaks, with the very same key', async () => {
    answers = [(request) => request.socket.destroy()];
    await connection().send({ ...get, method: 'POST', body: '{}', headers: { 'idempotency-key': 'k1' } });
    expect(seen.map(({ headers }) => headers['idempotency-key'])).toEqual(['k1', 'k1']);
  });

  it('that is refused fails with the code, the request id and what to do', async () => {
    answers = [problem(401, 'unauthorized')];
    await expect(connection().send(get)).rejects.toMatchObject({
      code: 'unauthorized',
      message: 'what is wrong',
      requestId: 'req-1',
      status: 401,
      hint: expect.stringContaining('PAYSTRATA_API_KEY') as unknown,
    });
  });

  it('is answered by a status that is expected', async () => {
    answers = [problem(402, 'payment_declined')];
    expect((await connection().send({ ...get, expects: [402] })).status).toBe(402);
  });

  it.each([
    ['nothing of ours', 500, {}, 'answers 500 and is no API of Paystrata'],
    ['another address', 301, { location: 'https://example.org/' }, 'has moved to https://example.org/'],
  ])('fails where %s is there', async (_what, status, headers, says) => {
    answers = [(_request, response) => response.writeHead(status, headers).end('<html>')];
    await expect(connection().send(get)).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringContaining(says) as unknown,
    });
  });

  it('fails where it is not answered in time', async () => {
    answers = [() => undefined];
    await expect(connection().send({ ...get, timeout: 20 })).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringContaining('does not answer in time') as unknown,
    });
  });

  it('ends at once when it is given up', async () => {
    const stop = new AbortController();
    answers = [() => stop.abort()];
    await expect(connection({ stop: stop.signal }).send(get)).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toHaveLength(1);
  });

  it('that is a command is finished even where the command line is given up', async () => {
    const stop = new AbortController();
    answers = [(_request, response) => (stop.abort(), response.end('{}'))];
    expect((await connection({ stop: stop.signal }).send({ ...get, method: 'POST' })).status).toBe(200);
  });
});
