// Sends requests over some connections as fast as they are answered, in a thread of its own: as lean as can be, so that
// the server is what is measured.

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { isMainThread, parentPort, threadName, Worker, workerData } from 'node:worker_threads';

export interface HttpLoad {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly requests: number;
  readonly connections: number;
  readonly expectedStatus: number;
}

/** A POST each, one at a time on every connection, with an idempotency key of its own. @throws Error for another status. */
export async function httpLoad(load: HttpLoad): Promise<void> {
  const worker = new Worker(new URL(import.meta.url), { workerData: load, name: 'http-load' });
  const message = await new Promise<unknown>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  if (message !== 'done') throw new Error(String(message));
}

async function run(load: HttpLoad): Promise<void> {
  let sent = 0;
  const connection = async () => {
    const socket = connect({ port: load.port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    const answers = answersOf(socket);
    while (sent < load.requests) {
      sent += 1;
      socket.write(requestText(load, sent));
      const status: unknown = (await answers.next()).value;
      if (status !== load.expectedStatus) throw new Error(`answered ${String(status)}, not ${load.expectedStatus}`);
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: load.connections }, connection));
}

/** One request, with the idempotency key of its number. */
export function requestText({ path, headers, body }: HttpLoad, number: number): string {
  const lines = Object.entries({
    ...headers,
    host: '127.0.0.1',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'idempotency-key': `load-${process.pid}-${Date.now()}-${number}`,
  }).map(([name, value]) => `${name}: ${value}`);
  return [`POST ${path} HTTP/1.1`, ...lines, '', body].join('\r\n');
}

/** The status of each answer, once it has arrived whole. */
export async function* answersOf(socket: Socket): AsyncGenerator<number> {
  let text = '';
  for await (const chunk of socket) {
    text += (chunk as Buffer).toString('latin1');
    for (;;) {
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) break;
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1] ?? 0);
      if (text.length < end + 4 + length) break;
      yield Number(text.slice(9, 12));
      text = text.slice(end + 4 + length);
    }
  }
}

// Not where another load, in a thread of its own, takes parts of this file.
if (!isMainThread && parentPort !== null && threadName === 'http-load') {
  const port = parentPort;
  run(workerData as HttpLoad).then(
    () => port.postMessage('done'),
    (error: unknown) => port.postMessage(String(error)),
  );
}
