// Clients that mean no good over real sockets: slow ones.

import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openServer, openSocket, type OpenServer } from './open-server.ts';
import { newFolder } from './running-server.ts';

let folder: ReturnType<typeof newFolder>;
let server: OpenServer;

beforeAll(async () => {
  folder = newFolder();
  server = await openServer(folder.path);
});

afterAll(async () => {
  await server.stop();
  folder.remove();
});

/** All that comes until the other side ends. */
async function rest(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8').on('data', (part: string) => (text += part));
  await once(socket, 'close');
  return text;
}

it('cuts off who sends headers or a body drop by drop, while others are answered', async () => {
  const { app, url, key } = server;
  // As in production, only sooner.
  app.server.headersTimeout = 300;
  app.server.requestTimeout = 600;
  const slow = await Promise.all(Array.from({ length: 50 }, () => openSocket(url)));
  const answers = slow.map(rest);
  for (const [number, socket] of slow.entries()) {
    const head = `POST /v1/payments HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${key}\r\n`;
    socket.write(number % 2 === 0 ? head : `${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`);
  }
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^(HTTP\/1\.1 4(08|01) |$)/);
});
