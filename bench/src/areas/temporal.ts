// temporal: a command beside a bare workflow on the same server that does one update and one activity, and beside a bare
// update; how far the projection is behind; and what a second worker brings.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUuidV7Ids, systemClock, type Receipt, type WriteOrder } from '@paystrata/application';
import { parseCommandId } from '@paystrata/domain';
import { createTemporalStrategy, writeWorkflowBundle, type TemporalStrategy } from '@paystrata/infra-temporal';
import { startProgram, startTemporal, waitUntil, type Program } from '@paystrata/test-servers';
import { compare, spreadOf, type ComparisonResult, type Contender } from '../harness/compare.ts';
import { creationOrders } from '../harness/entries.ts';
import { latencyOf, reportLatencies } from '../harness/latency.ts';
import { startBareTemporal, type BareTemporal, type BareUpdate } from '../peers/bare-temporal.ts';
import { approving, type TemporalPlace } from '../peers/temporal-place.ts';
import { at, inParallel, type Load } from './journal-load.ts';

const ids = createUuidV7Ids(systemClock);
const loads: readonly Load[] = [
  { total: 40, inFlight: 1 },
  { total: 250, inFlight: 32 },
];
const LAG_RATE = 30;
const LAG_SECONDS = 15;
const WORKER_ROUNDS = 5;

/** The bar: a command at 0.9 times the rate of the bare workflow. */
export async function benchTemporal(): Promise<readonly ComparisonResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-bench-'));
  const server = await startTemporal({ own: true });
  const bundle = join(folder, 'workflow-bundle.js');
  await writeWorkflowBundle(bundle);
  const placeOf = (name: string): TemporalPlace => ({
    ...{ address: server.address, taskQueue: name, workflowBundlePath: bundle },
    keyringPath: join(folder, 'keyring.db'),
    projection: { kind: 'sqlite', path: join(folder, `${name}.db`) },
  });
  try {
    const results = await beside(placeOf('one-process'), server.address);
    await lags(placeOf('lags'));
    await workers(placeOf);
    return results;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

async function beside(place: TemporalPlace, address: string): Promise<readonly ComparisonResult[]> {
  const results: ComparisonResult[] = [];
  await withStrategy(place, true, async (strategy) => {
    // After ours, whose logger is silent: a process has one runtime.
    const bare = await startBareTemporal(address);
    for (const load of loads) {
      results.push(
        await compare({
          title: `create, ${load.inFlight} in flight`,
          unit: 'commands',
          contenders: [creating(strategy, load), beginning(bare, load, 'withActivity'), beginning(bare, load, 'alone')],
        }),
        await compare({
          title: `process, ${load.inFlight} in flight`,
          unit: 'commands',
          contenders: [processing(strategy, load), updating(bare, load, 'withActivity'), updating(bare, load, 'alone')],
        }),
      );
    }
    await bare.stop();
  });
  return results;
}

async function withStrategy<T>(
  place: TemporalPlace,
  worker: boolean,
  work: (strategy: TemporalStrategy) => Promise<T>,
): Promise<T> {
  const made = { ...place, clock: systemClock, ids, gateway: approving, allowVolatile: true, worker };
  const strategy = createTemporalStrategy(made);
  await strategy.start();
  try {
    return await work(strategy);
  } finally {
    await strategy.stop();
  }
}

async function sent({ write }: TemporalStrategy, order: WriteOrder): Promise<Receipt> {
  const result = await write.execute(order);
  if (!result.ok) throw new Error(`refused: ${result.rejection.message}`);
  return result.receipt;
}

/** Nothing of one round is left to be done in the next. */
async function projected({ read }: TemporalStrategy, receipts: readonly Receipt[]): Promise<void> {
  await Promise.all(
    receipts.map(({ organizationId, paymentId, position }) =>
      read.get({ type: 'GetPayment', paymentId, asOf: null }, { organizationId, atLeast: position, timeoutMs: 60_000 }),
    ),
  );
}

function creating(strategy: TemporalStrategy, load: Load): Contender {
  return {
    name: 'paystrata: workflow, event sealed, projected by an activity',
    prepare: () => {
      const orders = creationOrders(load.total);
      const receipts: Receipt[] = [];
      const run = inParallel(load, async (n) => receipts.push(await sent(strategy, at(orders, n))));
      return { run, dispose: () => projected(strategy, receipts) };
    },
  };
}

function processing(strategy: TemporalStrategy, load: Load): Contender {
  return {
    name: 'paystrata: attempt, gateway by an activity, answer, projected by another',
    prepare: async () => {
      const receipts = await Promise.all(creationOrders(load.total).map((order) => sent(strategy, order)));
      await projected(strategy, receipts);
      const processed: Receipt[] = [];
      const run = inParallel(load, async (n) => processed.push(await sent(strategy, processingOf(at(receipts, n)))));
      return { run, dispose: () => projected(strategy, processed) };
    },
  };
}

function processingOf({ organizationId, paymentId }: Receipt): WriteOrder {
  const commandId = parseCommandId(ids.next());
  if (commandId === undefined) throw new Error('an id of the benchmark is malformed');
  const stated = { amount: null, currency: null };
  return {
    ...{ organizationId, paymentId, commandId, expectedVersion: null, actor: 'bench', userId: null },
    ...{ correlationId: commandId, causationId: null, metadata: {} },
    command: { type: 'ProcessPayment', now: systemClock.now(), method: 'any', stated },
  };
}

const names: Readonly<Record<BareUpdate, string>> = {
  withActivity: 'bare workflow: one update, one activity',
  alone: 'bare workflow: one update',
};

function beginning(bare: BareTemporal, load: Load, update: BareUpdate): Contender {
  return {
    name: names[update],
    prepare: () => ({ run: inParallel(load, () => bare.begin(ids.next(), update)) }),
  };
}

function updating(bare: BareTemporal, load: Load, update: BareUpdate): Contender {
  return {
    name: names[update],
    prepare: async () => {
      const workflows = Array.from({ length: load.total }, () => ids.next());
      await inParallel({ ...load, inFlight: 32 }, (n) => bare.begin(at(workflows, n), 'alone'))();
      return { run: inParallel(load, (n) => bare.update(at(workflows, n), update)) };
    },
  };
}

/** How long after its answer a command can be read, at a steady rate. */
async function lags(place: TemporalPlace): Promise<void> {
  await withStrategy(place, true, async (strategy) => {
    const orders = creationOrders(LAG_RATE * LAG_SECONDS);
    const [answers, behind]: [number[], number[]] = [[], []];
    const one = async (order: WriteOrder) => {
      const begun = performance.now();
      const receipt = await sent(strategy, order);
      const answered = performance.now();
      await projected(strategy, [receipt]);
      answers.push(answered - begun);
      behind.push(performance.now() - answered);
    };
    const pending: Promise<void>[] = [];
    const begun = performance.now();
    for (const [n, order] of orders.entries()) {
      await systemClock.sleep(Math.max(0, begun + (n * 1000) / LAG_RATE - performance.now()));
      pending.push(one(order));
    }
    await Promise.all(pending);
    reportLatencies('temporal', `creations at ${LAG_RATE}/s`, [
      latencyOf('answered', answers),
      latencyOf('readable after the answer', behind),
    ]);
  });
}

/** Creations and processings by one worker process, and by two, in turns. */
async function workers(placeOf: (name: string) => TemporalPlace): Promise<void> {
  const program = new URL('../peers/temporal-worker-program.ts', import.meta.url).pathname;
  const load: Load = { total: 200, inFlight: 48 };
  const rates = new Map<number, number[]>();
  for (let round = 0; round < WORKER_ROUNDS; round++) {
    for (const count of round % 2 === 0 ? [1, 2] : [2, 1]) {
      const place = placeOf(`workers-${round}-${count}`);
      const programs: readonly Program[] = Array.from({ length: count }, () => startProgram(program, place));
      await Promise.all(programs.map((each) => each.until(1)));
      const rate = await withStrategy(place, false, (strategy) => paying(strategy, load));
      await Promise.all(programs.map((each) => each.kill()));
      rates.set(count, [...(rates.get(count) ?? []), rate]);
    }
  }
  for (const [count, each] of rates) {
    const { min, median, max } = spreadOf(each);
    const figures = [median, min, max].map((rate) => rate.toFixed(0));
    console.log(`${count} worker(s): ${figures[0]} (${figures[1]}–${figures[2]}) creations and processings a second`);
  }
}

async function paying(strategy: TemporalStrategy, load: Load): Promise<number> {
  const receipts: Receipt[] = [];
  const pay = async (order: WriteOrder) => {
    receipts.push(await sent(strategy, processingOf(await sent(strategy, order))));
  };
  await waitUntil('the workers', async () => pay(at(creationOrders(1), 0)).then(() => true));
  const orders = creationOrders(load.total);
  const begun = performance.now();
  await inParallel(load, (n) => pay(at(orders, n)))();
  return (2 * load.total) / ((performance.now() - begun) / 1000);
}
