// kill -9 of workers, of the server and of both while payments are made: nothing acknowledged is lost, nothing is
// doubled, and the money is that of the gateway's own books.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandboxGateway, ledgerBalances, systemClock } from '@paystrata/application';
import { figure, proofTimeoutMs, prove, startTemporal, waitUntil } from '@paystrata/test-servers';
import { expect, it } from 'vitest';
import { createTemporalStrategy } from '../strategy/create-temporal-strategy.ts';
import type { TemporalStrategy } from '../strategy/temporal-strategy.ts';
import { openFileLedger } from '../testing/file-ledger.ts';
import { startLoad, type Load } from '../testing/load.ts';
import { ids } from '../testing/orders.ts';
import { startWorker } from '../testing/start-worker.ts';
import { writeWorkflowBundle } from './workflow-bundle.ts';

const property = 'acknowledged is durable, once; money is conserved';
const KILLS = figure(3, 201);
/** Acknowledged commands between two kills. */
const COMMANDS = figure(40, 250);
/** Payments that are checked at once. */
const SIDE_BY_SIDE = 20;

async function killAgainAndAgain(folder: string): Promise<string> {
  await using server = await startTemporal({ own: true });
  const ledgerFile = join(folder, 'ledger.db');
  const shared = {
    ...{ address: server.address, taskQueue: ids.next(), keyringPath: join(folder, 'keyring.db') },
    projection: { kind: 'sqlite', path: join(folder, 'projection.db') } as const,
    workflowBundlePath: join(folder, 'workflow-bundle.js'),
  };
  await writeWorkflowBundle(shared.workflowBundlePath);
  const ledger = openFileLedger(ledgerFile);
  const gateway = createSandboxGateway(ledger);
  const own = { worker: false, allowVolatile: true, commandDeadlineMs: 20_000 };
  const strategy = createTemporalStrategy({ ...shared, ...own, clock: systemClock, ids, gateway });
  await strategy.start();
  const another = () => startWorker({ ...shared, ledgerFile, silent: false });
  const workers = await Promise.all([another(), another()]);
  const load = startLoad(strategy, 8);
  const progress = (more: number) => {
    const until = load.count() + more;
    return waitUntil(`${more} commands more`, () => load.count() >= until, { timeoutMs: proofTimeoutMs });
  };
  const recoveries: Record<'worker' | 'server' | 'both', number[]> = { worker: [], server: [], both: [] };
  for (let kill = 0; kill < KILLS; kill++) {
    await progress(COMMANDS);
    const [first = await another(), ...others] = workers.splice(0);
    if (kill % 3 !== 1) await first.kill();
    if (kill % 3 !== 0) await server.kill9();
    const begun = performance.now();
    if (kill % 3 !== 0) await server.restart();
    workers.push(...others);
    await progress(1);
    recoveries[(['worker', 'server', 'both'] as const)[kill % 3] ?? 'both'].push(performance.now() - begun);
    workers.push(kill % 3 === 1 ? first : await another());
  }
  await load.stop();
  await check(strategy, load, ledger);
  await Promise.all(workers.map((worker) => worker.kill()));
  await strategy.stop();
  ledger.close();
  const times = Object.entries(recoveries).map(([killed, each]) => `${killed} ${secondsOf(each)}`);
  return (
    `${KILLS} kills of a worker of two, of the server, and of both; ${load.count()} commands acknowledged: none lost, ` +
    `none doubled, money conserved; the next answer came after (median, longest): ${times.join(', ')}`
  );
}

function secondsOf(milliseconds: readonly number[]): string {
  const sorted = milliseconds.toSorted((a, b) => a - b).map((each) => (each / 1000).toFixed(1));
  return `${sorted[Math.floor(sorted.length / 2)]} s, ${sorted.at(-1)} s`;
}

/** What the gateway has not heard of is looked up until "not found" counts: it stays open for a quarter of an hour. */
async function check(strategy: TemporalStrategy, load: Load, ledger: ReturnType<typeof openFileLedger>) {
  const { organizationId } = load.payments;
  const moved = new Set((await ledger.entries()).map(({ gatewayKey }) => String(gatewayKey)));
  let captured = 0n;
  const all = load.acknowledged.values();
  const checkOne = async (): Promise<void> => {
    for (const { receipt, commandIds } of all) {
      const settled = async () => {
        const payment = await strategy.client.payment(receipt, 'strong');
        const items = [...(payment?.attempts ?? []), ...(payment?.refunds ?? [])];
        const open = items.some(({ status, gatewayKey }) => status === 'pending' && moved.has(gatewayKey));
        return payment !== null && !open && payment;
      };
      const payment = await waitUntil('what the gateway did to be known', settled, { timeoutMs: 60_000 });
      expect(payment.version).toBeGreaterThanOrEqual(receipt.version);
      expect(payment.attempts.length).toBeLessThanOrEqual(1);
      expect(payment.refunds.length).toBeLessThanOrEqual(1);
      captured += payment.captured - payment.refunded;
      const events = await load.payments.history(payment.id, receipt);
      for (const commandId of commandIds) {
        const own = events.filter((event) => event.commandId === commandId).map(({ type }) => type);
        expect(own.length).toBeGreaterThan(0);
        expect(new Set(own).size).toBe(own.length);
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, checkOne));
  expect(captured).toBe(ledgerBalances(await ledger.entries()).get(`${organizationId}/EUR`));
}

it(
  'loses and doubles nothing on Temporal',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'paystrata-kill-'));
    await prove({ part: 'kill', property, store: 'Temporal' }, () => killAgainAndAgain(folder));
    rmSync(folder, { recursive: true, force: true });
  },
  proofTimeoutMs,
);
