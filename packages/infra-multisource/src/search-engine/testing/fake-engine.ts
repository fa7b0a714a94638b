// For tests: stands before a search engine, sees what it is asked, and answers in its place where a test says so.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers what the test says, else what the real engine does. */
export async function startFakeEngine(
  url: string,
  answer: (path: string, body: string) => { readonly status: number; readonly json: unknown } | null,
) {
  const fake: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const [path, body] = [request.url ?? '', Buffer.concat(parts).toString()];
      void (async () => {
        const said = answer(path, body) ?? (await pass(request.method ?? 'GET', `${url}${path}`, body));
        response.writeHead(said.status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(said.json));
      })();
    });
  });
  await new Promise<void>((resolve) => fake.listen(0, '127.0.0.1', resolve));
  // A TCP server has an address with a port.
  const { port } = fake.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      fake.closeAllConnections();
      await new Promise((resolve) => fake.close(resolve));
    },
  };
}

async function pass(method: string, url: string, body: string) {
  const headers = { 'content-type': url.includes('_bulk') ? 'application/x-ndjson' : 'application/json' };
  const reply = await fetch(url, { method, headers, ...(body !== '' && { body }) });
  const json: unknown = await reply.json();
  return { status: reply.status, json };
}
