// Temporal: it answers, keeps a running workflow through a kill, stands beside others, and says why it did not start.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ServerNotOurs, ServerProgramMissing, ServerStartFailed } from '../server-failure.ts';
import { grpcStatus, textMessage } from './grpc-call.ts';
import { type TemporalServer, startTemporal, temporalVariable } from './temporal.ts';
import { temporalCli, wheelProgram } from './wheel.ts';

let server: TemporalServer;

beforeAll(async () => {
  server = await startTemporal({ own: true, namespaces: ['second'], searchAttributes: { PaymentStatus: 'Keyword' } });
});

afterAll(() => server.stop());

afterEach(() => vi.unstubAllEnvs());

test('its services are healthy as soon as it is given', async () => {
  expect(await temporal(server, 'operator', 'cluster', 'health')).toContain('SERVING');
});

test('has the namespaces and search attributes asked for', async () => {
  const describe = '/temporal.api.workflowservice.v1.WorkflowService/DescribeNamespace';
  expect(await grpcStatus(server.address, describe, textMessage('second'))).toBe(0);
  const notFound = 5;
  expect(await grpcStatus(server.address, describe, textMessage('third'))).toBe(notFound);
  expect(await temporal(server, 'operator', 'search-attribute', 'list')).toMatch(/PaymentStatus\s+Keyword/);
});

test('keeps a running workflow when it is killed, on the same port', async () => {
  await start(server, 'kept');
  await server.kill9();
  expect(server.pid).toBeUndefined();
  await server.restart();
  expect(await statusOf(server, 'kept')).toBe('WORKFLOW_EXECUTION_STATUS_RUNNING');
});

test('keeps it over an orderly restart too', async () => {
  await start(server, 'kept-again');
  await server.restart();
  expect(await statusOf(server, 'kept-again')).toBe('WORKFLOW_EXECUTION_STATUS_RUNNING');
});

test('answers nothing while it is held still, and then goes on', async () => {
  const health = (withinMs: number): Promise<number> =>
    grpcStatus(server.address, '/grpc.health.v1.Health/Check', Buffer.alloc(0), withinMs);
  server.suspend();
  await expect(health(200)).rejects.toThrow('longer than');
  server.resume();
  expect(await health(5_000)).toBe(0);
});

test('two stand side by side, one of them in memory', async () => {
  await using inFile = await startTemporal({ own: true });
  await using inMemory = await startTemporal({ own: true, store: 'memory' });
  expect(inFile.address).not.toBe(inMemory.address);
  await start(inFile, 'only-here');
  await expect(statusOf(inMemory, 'only-here')).rejects.toThrow('not found');
});

test('one that does not start fails with the end of its log', async () => {
  const starting = startTemporal({ own: true, searchAttributes: { PaymentStatus: 'Nonsense' } });
  await expect(starting).rejects.toThrow(ServerStartFailed);
  await expect(starting).rejects.toThrow(/ended with exit code 1[^]*Nonsense/);
});

test('one given by the environment is used and never killed', async () => {
  vi.stubEnv(temporalVariable, server.address);
  const given = await startTemporal();
  expect(given).toMatchObject({ external: true, address: server.address });
  await expect(given.kill9()).rejects.toThrow(ServerNotOurs);
  await given.stop();
  expect(await temporal(server, 'operator', 'cluster', 'health')).toContain('SERVING');
});

test('without Python, the message says what to do', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'paystrata-empty-'));
  try {
    vi.stubEnv('PAYSTRATA_CACHE_DIR', join(empty, 'cache'));
    vi.stubEnv('PATH', empty);
    const starting = startTemporal({ own: true });
    await expect(starting).rejects.toThrow(ServerProgramMissing);
    await expect(starting).rejects.toThrow(/Python 3.*PAYSTRATA_TEST_TEMPORAL_ADDRESS/);
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
});

function start(on: TemporalServer, workflowId: string): Promise<string> {
  return temporal(on, 'workflow', 'start', '--workflow-id', workflowId, '--type', 'anything', '--task-queue', 'nobody');
}

async function statusOf(on: TemporalServer, workflowId: string): Promise<unknown> {
  const described = await temporal(on, 'workflow', 'describe', '--workflow-id', workflowId, '--output', 'json');
  const { workflowExecutionInfo } = JSON.parse(described) as { workflowExecutionInfo: { status: string } };
  return workflowExecutionInfo.status;
}

async function temporal(on: TemporalServer, ...args: readonly string[]): Promise<string> {
  const program = await wheelProgram(temporalCli);
  const { stdout } = await promisify(execFile)(program, [...args, '--address', on.address]);
  return stdout;
}
