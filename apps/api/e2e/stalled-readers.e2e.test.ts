// Readers of the event stream, some of which do not read: the others miss nothing, and the server keeps nothing for
// those that stall but what is in the buffers of their connections.

import type { Socket } from 'node:net';
import { figure, proofTimeoutMs, prove } from '@paystrata/test-servers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openServer, openSocket, type OpenServer } from './open-server.ts';
import { asker, newFolder } from './running-server.ts';

const READERS = figure(40, 1000);
const STALLED = figure(4, 100);
/** Together more than the system keeps in the buffers of a connection. */
const EVENTS = 400;
/** Bytes of an event: its metadata is as large as it may be. */
const LEAST = 25_000;
/** Bytes that the server may keep for one reader: a chunk that waits, and the frame behind it. */
const MOST_KEPT = 256 * 1024;
const patience = { timeout: proofTimeoutMs / 4, interval: 20 };

let folder: ReturnType<typeof newFolder>;
let server: OpenServer;
/** The server's ends of the connections, by the port of the client. */
const ends = new Map<number | undefined, Socket>();

beforeAll(async () => {
  folder = newFolder();
  server = await openServer(folder.path);
  server.app.server.on('connection', (socket) => ends.set(socket.remotePort, socket));
});

afterAll(async () => {
  await server.stop();
  folder.remove();
});

/** Reads a stream as it comes, and keeps no more of it than is needed. */
class Reader {
  readonly socket: Socket;
  readonly references: string[] = [];
  isConnected = false;
  #rest = '';

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('latin1').on('data', (part: string) => this.#take(part));
    socket.write(`GET /v1/events/stream HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${server.key}\r\n\r\n`);
  }

  get end(): Socket {
    const end = ends.get(this.socket.localPort);
    if (end === undefined) throw new Error('the server does not know this connection');
    return end;
  }

  #take(part: string): void {
    const blocks = (this.#rest + part).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) {
      this.isConnected ||= block.includes(': connected');
      const [, reference] = /"reference":"(event-\d+)"/.exec(block) ?? [];
      if (reference !== undefined) this.references.push(reference);
    }
  }
}

async function createEvents(): Promise<readonly string[]> {
  const ask = asker(server.url, server.key);
  const metadata = Object.fromEntries(Array.from({ length: 50 }, (_, number) => [`key-${number}`, 'x'.repeat(500)]));
  const references = Array.from({ length: EVENTS }, (_, number) => `event-${number}`);
  for (const reference of references) {
    const { status } = await ask('POST', '/v1/payments', { amount: 1, currency: 'EUR', metadata, reference });
    expect(status).toBe(201);
  }
  return references;
}

const property = 'readers miss no event while others stall, for whom nothing is kept';

it(property, { timeout: proofTimeoutMs }, async () => {
  await prove({ part: 'sse-readers', property, store: 'memory-cqs' }, async () => {
    const sockets = await Promise.all(Array.from({ length: READERS }, () => openSocket(server.url)));
    const readers = sockets.map((socket) => new Reader(socket));
    await expect.poll(() => readers.filter(({ isConnected }) => isConnected).length, patience).toBe(READERS);
    const [stalled, reading] = [readers.slice(0, STALLED), readers.slice(STALLED)];
    for (const { socket } of stalled) socket.pause();
    const references = await createEvents();
    const finished = (some: readonly Reader[]) => some.filter((each) => each.references.length === EVENTS).length;
    await expect.poll(() => finished(reading), patience).toBe(READERS - STALLED);

    const whole = EVENTS * LEAST;
    for (const { end } of reading) expect(end.bytesWritten).toBeGreaterThan(whole);
    const kept = stalled.map(({ end }) => end.writableLength);
    expect(Math.min(...kept)).toBeGreaterThan(0);
    expect(Math.max(...kept)).toBeLessThan(MOST_KEPT);
    // What the system took is not all there was: the rest was never made into frames for them.
    for (const { end } of stalled) expect(end.bytesWritten).toBeLessThan(whole);

    // Who stalled goes on where they were.
    for (const { socket } of stalled) socket.resume();
    await expect.poll(() => finished(readers), patience).toBe(READERS);
    for (const { references: seen } of readers) expect(seen).toEqual(references);
    for (const { socket } of readers) socket.destroy();
    const most = Math.round(Math.max(...kept) / 1024);
    return `${READERS} readers, ${STALLED} of them stall; ${EVENTS} events of ${LEAST / 1000} kB: none missed, none out of order; at most ${most} KiB kept for one that stalls; each goes on where it was`;
  });
});
