// The command on Temporal: commands that are not waited for name their workflow, in process and through the API; a worker
// of its own does the work, says so, and ends in good order.

import { startTemporal, waitUntil, type TemporalServer } from '@paystrata/test-servers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorkplace, type Running, type Workplace } from './command.ts';

let server: TemporalServer;
let place: Workplace;
beforeAll(async () => {
  server = await startTemporal();
  place = await createWorkplace({
    ...{ PAYSTRATA_STORAGE: 'temporal', PAYSTRATA_TEMPORAL_ADDRESS: server.address, PAYSTRATA_PORT: '0' },
    PAYSTRATA_TEMPORAL_ALLOW_VOLATILE: 'true',
  });
});
afterAll(async () => {
  await place.remove();
  await server.stop();
});

async function serving(running: Running): Promise<string> {
  const giveUp = () => {
    if (running.child.exitCode !== null) throw new Error(`it ended: ${running.printed().stderr}`);
  };
  const url = () => /serving \S+ on (http:\S+);/.exec(running.printed().stdout)?.[1];
  return waitUntil('the server', url, { timeoutMs: 60_000, giveUp });
}

async function ended({ child, ended: end }: Running): Promise<number | null> {
  child.kill('SIGTERM');
  return (await end).code;
}

it('a worker works for commands of other processes, which are told the workflow', { timeout: 180_000 }, async () => {
  const key = (await place.json('keys', 'create', '--organization', 'acme', '--scopes', 'read,write', '--json')) as {
    readonly key: string;
  };
  const worker = place.start('worker');
  const api = place.with({ PAYSTRATA_ROLE: 'command' }).start('serve');
  const [workerUrl, url] = await Promise.all([serving(worker), serving(api)]);

  const ready = await fetch(`${workerUrl}/health/ready`);
  expect([ready.status, await ready.json()]).toMatchObject([200, {}]);
  const headers = {
    authorization: `Bearer ${key.key}`,
    'content-type': 'application/json',
    'idempotency-key': 'one',
    prefer: 'respond-async',
  };
  const body = JSON.stringify({ amount: 1200, currency: 'EUR' });
  const answer = await fetch(`${url}/v1/payments`, { method: 'POST', headers, body });
  const id = answer.headers.get('location')?.split('/').at(-1) ?? '';
  expect(answer.status).toBe(202);
  expect(answer.headers.get('paystrata-workflow')).toBe(`payment/acme/${id}`);

  const through = place.with({ PAYSTRATA_API_URL: url, PAYSTRATA_API_KEY: key.key });
  const async = await through.run('payments', 'process', id, '--method', 'test_approve', '--async');
  expect([async.code, async.stderr]).toEqual([0, expect.stringContaining(`workflow payment/acme/${id}`)]);
  const inProcess = place.with({ PAYSTRATA_ROLE: 'command' });
  const completed = async () => {
    const payment = (await inProcess.json('payments', 'get', id, '--organization', 'acme', '--json')) as {
      readonly status: string;
    };
    return payment.status === 'completed';
  };
  await waitUntil('the gateway', completed, { timeoutMs: 60_000, everyMs: 200 });
  const refund = ['payments', 'refund', id, '--organization', 'acme', '--async'] as const;
  expect((await inProcess.run(...refund)).stderr).toContain(`workflow payment/acme/${id}`);

  const metrics = await (await fetch(`${workerUrl}/metrics`)).text();
  expect(metrics).toMatch(/paystrata_temporal_activity_total\{queue="gateway",activity="charge"\} 1/);
  expect(metrics).toMatch(/paystrata_temporal_worker_running\{queue="workflows"\} 1/);
  expect(metrics).toMatch(/paystrata_temporal_projection_lag_seconds \d/);
  expect(await ended(worker)).toBe(0);
  expect(await ended(api)).toBe(0);
});

it('without a server says what to do', async () => {
  const nowhere = place.with({ PAYSTRATA_TEMPORAL_ADDRESS: '127.0.0.1:1' });
  const { code, stderr } = await nowhere.run('payments', 'list', '--organization', 'acme');
  expect(code).toBe(7);
  expect(stderr).toContain('no Temporal server answers at 127.0.0.1:1');
  expect(stderr).toContain('paystrata doctor');
  expect(stderr).not.toContain('database');
});
