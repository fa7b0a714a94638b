// The time-skipping server: its program starts, answers, ends when it is killed and when the one who started it is.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../process/free-port.ts';
import { isAlive, killTree, processTree } from '../process/process-tree.ts';
import { waitUntil } from '../wait-until.ts';
import { grpcStatus } from './grpc-call.ts';
import { temporalTimeSkippingProgram } from './time-skipping.ts';

let started: ChildProcess | undefined;

afterEach(() => {
  if (started?.pid !== undefined) killTree(started.pid);
});

test('answers, and ends when the SDK kills it', async () => {
  const port = await freePort();
  const server = spawn(await temporalTimeSkippingProgram(), [String(port)], { stdio: 'ignore' });
  started = server;
  await waitUntil('the server', () => answers(port));
  const pids = processTree(server.pid ?? 0);
  const ended = once(server, 'exit');
  server.kill('SIGKILL');
  await ended;
  await waitUntil('its watcher to end too', () => !pids.some(isAlive));
});

test('ends when the process that started it is killed', async () => {
  const port = await freePort();
  const starter = `
    require('node:child_process').spawn(process.argv[1], [process.argv[2]], { stdio: 'ignore' });
    setInterval(() => {}, 1e6);`;
  const program = await temporalTimeSkippingProgram();
  const parent = spawn(process.execPath, ['-e', starter, program, String(port)], { stdio: 'ignore' });
  started = parent;
  await waitUntil('the server', () => answers(port));
  const pids = processTree(parent.pid ?? 0);
  expect(pids.length).toBeGreaterThan(1);
  parent.kill('SIGKILL');
  await waitUntil('all to be gone', () => !pids.some(isAlive));
});

async function answers(port: number): Promise<boolean> {
  return (await grpcStatus(`127.0.0.1:${port}`, '/grpc.health.v1.Health/Check', Buffer.alloc(0))) === 0;
}
