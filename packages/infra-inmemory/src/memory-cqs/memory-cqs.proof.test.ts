// What takes long to show of memory-cqs: ten minutes of payments that come, change and go, in memory that is bounded.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createUuidV7Ids, systemClock } from '@paystrata/application';
import { figure, prove } from '@paystrata/test-servers';
import { expect, it } from 'vitest';
import { createPaymentIndex } from '../payment-index/payment-index.ts';
import { plainDocument } from '../payment-index/testing/plain-document.ts';
import { createMemoryCqsStrategy } from './memory-cqs.ts';
import { Churn, churnKinds, type ChurnKind } from './testing/churn.ts';

const part = 'churn';
const store = 'memory-cqs';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

function bytesInUse(): number {
  if (typeof collect === 'function') for (let times = 0; times < 3; times += 1) Reflect.apply(collect, undefined, []);
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

type Times = Readonly<Record<ChurnKind, number[]>>;

async function timed(churn: Churn, times: Times): Promise<void> {
  const begun = performance.now();
  const kind = await churn.step();
  times[kind].push(performance.now() - begun);
}

function p99(milliseconds: readonly number[]): number {
  return milliseconds.toSorted((a, b) => a - b)[Math.floor(milliseconds.length * 0.99)] ?? 0;
}

it('takes bounded memory while payments come, change, go and are searched for', async () => {
  await prove({ part, property: 'Payments come, change and go in bounded memory', store }, async () => {
    const until = performance.now() + figure(4000, 600_000);
    const operations = figure(4000, 200_000);
    const strategy = createMemoryCqsStrategy({ clock: systemClock, ids: createUuidV7Ids(systemClock) });
    const times: Times = { create: [], update: [], delete: [], search: [] };
    const perOperation: number[] = [];
    const atRest: number[] = [];
    for (let life = 0; performance.now() < until || life < 2; life += 1) {
      atRest.push(bytesInUse());
      await strategy.start();
      const churn = new Churn(strategy, life);
      for (let operation = 0; operation < operations; operation += 1) await timed(churn, times);
      perOperation.push((bytesInUse() - (atRest.at(-1) ?? 0)) / operations);
      expect((await strategy.maintenance.run('verify', { kind: 'all' })).differing).toBe(0);
      await strategy.stop();
    }
    const most = Math.max(...perOperation);
    expect(most).toBeLessThan(4096);
    // The times that were taken are kept, at most 16 bytes an operation; nothing else may stay.
    const kept = atRest.length * operations * 16;
    expect((atRest.at(-1) ?? 0) - (atRest[1] ?? 0)).toBeLessThan(kept + 8 * 2 ** 20);
    const said = churnKinds.map((kind) => `${kind} p99 ${p99(times[kind]).toFixed(3)} ms`);
    const count = (perOperation.length * operations).toLocaleString('en-US');
    return `${count} operations in ${perOperation.length} lives, ${most.toFixed(0)} bytes each, ${said.join(', ')}`;
  });
});

it('keeps an index as small as a new one while payments are put in and taken out', () => {
  const population = 5000;
  const index = createPaymentIndex();
  const rounds = figure(4, 200);
  for (let number = 1; number <= population * rounds; number += 1) {
    index.apply(plainDocument(number));
    if (number <= population) continue;
    const { organizationId, id: paymentId } = plainDocument(number - population).payment;
    index.remove({ organizationId, paymentId });
  }
  index.compact();
  const fresh = createPaymentIndex();
  for (let at = 1; at <= population; at += 1) fresh.apply(plainDocument(population * (rounds - 1) + at));
  fresh.compact();
  const [now, ought] = [index.memory(), fresh.memory()];
  expect([now.payments, now.terms, now.entries]).toEqual([ought.payments, ought.terms, ought.entries]);
  expect(now.columnBytes).toBeLessThan(ought.columnBytes * 1.5);
});
