// Clients that mean no good over real sockets: slow ones, and readers of the event stream that do not read.

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { figure, proofTimeoutMs } from '@paystrata/test-servers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApi } from '../src/index.ts';
import { asker, composeIn, newFolder, serveIn, type ServerUnderTest } from './running-server.ts';

const READERS = figure(200, 1000);
const STALLED = figure(20, 100);
/** Each event is larger than a kilobyte: what a reader does not take fills the buffers of its connection soon. */
const EVENTS = figure(50, 400);

let folder: ReturnType<typeof newFolder>;
let server: ServerUnderTest;
let ask: ReturnType<typeof asker>;
let key: string;

beforeAll(async () => {
  folder = newFolder();
  server = await serveIn(folder.path, { storage: { strategy: 'memory-cqs' }, limits: { ratePerSecond: 0 } });
  key = server.firstKey?.key ?? '';
  ask = asker(server.url, key);
});

afterAll(async () => {
  await server.stop();
  folder.remove();
});

function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  return once(socket, 'connect').then(() => socket.on('error', () => undefined));
}

/** All that comes until the other side ends. */
async function rest(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8').on('data', (part: string) => (text += part));
  await once(socket, 'close');
  return text;
}

it('cuts off who sends headers or a body drop by drop, while others are answered', async () => {
  const composition = await composeIn(folder.path, { storage: { strategy: 'memory-cqs' } });
  await composition.start();
  const app = await createApi(composition);
  // As in production, only sooner.
  app.server.headersTimeout = 300;
  app.server.requestTimeout = 600;
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const slow = await Promise.all(Array.from({ length: 50 }, () => open(url)));
  const answers = slow.map(rest);
  for (const [number, socket] of slow.entries()) {
    const head = `POST /v1/payments HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${key}\r\n`;
    socket.write(number % 2 === 0 ? head : `${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`);
  }
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^(HTTP\/1\.1 4(08|01) |$)/);
  await app.close();
  await composition.stop();
});

/** Reads a stream as it comes, and keeps no more of it than is needed. */
class Reader {
  readonly references: string[] = [];
  isConnected = false;
  #rest = '';

  take(part: string): void {
    const blocks = (this.#rest + part).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) {
      this.isConnected ||= block.includes(': connected');
      const [, reference] = /"reference":"(event-\d+)"/.exec(block) ?? [];
      if (reference !== undefined) this.references.push(reference);
    }
  }
}

it('serves its readers, and writes, while some of them stall', { timeout: proofTimeoutMs }, async () => {
  const patience = { timeout: proofTimeoutMs / 4 };
  const sockets = await Promise.all(Array.from({ length: READERS }, () => open(server.url)));
  const readers = sockets.map((socket) => {
    const reader = new Reader();
    socket.setEncoding('utf8').on('data', (part: string) => reader.take(part));
    socket.write(`GET /v1/events/stream HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${key}\r\n\r\n`);
    return reader;
  });
  await expect.poll(() => readers.filter(({ isConnected }) => isConnected).length, patience).toBe(READERS);
  for (const socket of sockets.slice(0, STALLED)) socket.pause();
  const description = 'x'.repeat(1000);
  const references = Array.from({ length: EVENTS }, (_, number) => `event-${number}`);
  for (const reference of references) {
    const { status } = await ask('POST', '/v1/payments', { amount: 1, currency: 'EUR', description, reference });
    expect(status).toBe(201);
  }
  const finished = (some: readonly Reader[]) => some.filter((reader) => reader.references.length === EVENTS).length;
  await expect.poll(() => finished(readers.slice(STALLED)), patience).toBe(READERS - STALLED);
  // Who stalled goes on where they were.
  for (const socket of sockets.slice(0, STALLED)) socket.resume();
  await expect.poll(() => finished(readers), patience).toBe(READERS);
  for (const reader of readers) expect(reader.references).toEqual(references);
  for (const socket of sockets) socket.destroy();
});
