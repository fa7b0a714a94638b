// Ports: free, below the range of outgoing connections, never the same twice.

import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { ServerStartFailed } from '../server-failure.ts';
import { freePort } from './free-port.ts';
import { onFreePort } from './on-free-port.ts';

test('a hundred ports are all different and can be listened on', async () => {
  const ports = await Promise.all(Array.from({ length: 100 }, freePort));
  expect(new Set(ports).size).toBe(100);
  for (const port of ports.slice(0, 5)) {
    expect(port).toBeLessThan(32_768);
    await new Promise<void>((resolve, reject) => {
      const server = createServer().once('error', reject);
      server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
    });
  }
});

test('a port that was taken meanwhile is replaced by another', async () => {
  const tried: number[] = [];
  const started = await onFreePort(async (port) => {
    tried.push(port);
    if (tried.length < 3) throw new ServerStartFailed('bind: Address already in use');
    return port;
  });
  expect(tried).toHaveLength(3);
  expect(started).toBe(tried[2]);
});

test('another failure is not tried again', async () => {
  let tries = 0;
  const starting = onFreePort(async () => {
    tries += 1;
    throw new ServerStartFailed('no such setting');
  });
  await expect(starting).rejects.toThrow('no such setting');
  expect(tries).toBe(1);
});
