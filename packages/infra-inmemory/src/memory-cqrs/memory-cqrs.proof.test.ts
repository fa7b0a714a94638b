// What takes long to show of memory-cqrs: never a stale answer, how far projections lag, and memory that does not grow.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemClock } from '@paystrata/application';
import { known } from '@paystrata/conformance/random-payments';
import { parseOrganizationId } from '@paystrata/domain';
import { figure, prove } from '@paystrata/test-servers';
import { expect, it } from 'vitest';
import { creation, describing, done, newest, reading, startStrategy } from './testing/test-strategy.ts';

const store = 'memory-cqrs';
const totals = { type: 'PaymentStatistics', range: { from: null, to: null }, of: 'created' } as const;

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

function megabytesInUse(): number {
  if (typeof collect === 'function') for (let times = 0; times < 3; times += 1) Reflect.apply(collect, undefined, []);
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}

it('never answers a reader with less than the reader has seen, projections 200 ms behind', async () => {
  const property = 'A read with a position is never older than it, projections held back 200 ms';
  await prove({ part: 'cqrs-fresh', property, store }, async () => {
    const pairs = figure(4000, 100_000);
    const clients = figure(400, 2000);
    const strategy = await startStrategy({ projectionDelayMs: 200 });
    let stale = 0;
    const client = async () => {
      let { paymentId, position } = await done(strategy, creation());
      for (let version = 1; version <= pairs / clients; version += 1) {
        const get = { type: 'GetPayment', paymentId, asOf: null } as const;
        const found = await strategy.read.get(get, reading(position, 60_000));
        if (found?.payment.version !== version) stale += 1;
        const page = await strategy.read.search(newest, reading(position, 60_000));
        if (page.payments.some(({ payment }) => payment.id === paymentId && payment.version < version)) stale += 1;
        ({ paymentId, position } = await done(strategy, describing(paymentId, `change ${version}`)));
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    expect(stale).toBe(0);
    await strategy.stop();
    return `${pairs.toLocaleString('en-US')} pairs of ${clients.toLocaleString('en-US')} clients, none stale`;
  });
});

it('tells how far its projections lag while 32 clients write as fast as they can', async () => {
  await prove({ part: 'cqrs-lag', property: 'Projections follow the writers', store }, async () => {
    const until = performance.now() + figure(2000, 30_000);
    const strategy = await startStrategy();
    let commands = 0;
    const client = async () => {
      let version = 0;
      let { paymentId } = await done(strategy, creation());
      while (performance.now() < until) {
        version = (version + 1) % 500;
        const order = version === 0 ? creation() : describing(paymentId, `change ${version}`);
        ({ paymentId } = await done(strategy, order));
        commands += 1;
        // As a server has it: the next command comes with another turn of the event loop.
        if (commands % 8 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const begun = systemClock.now();
    await Promise.all(Array.from({ length: 32 }, client));
    const seconds = (systemClock.now() - begun) / 1000;
    await strategy.maintenance.run('synchronize', { kind: 'all' });
    const lags = Object.values(strategy.projections).map((each) => each.status());
    for (const { lag, lagP99Ms } of lags) {
      expect(lag).toBe(0);
      expect(lagP99Ms).toBeLessThan(2000);
    }
    await strategy.stop();
    const told = lags.map(({ name, lagP99Ms }) => `${name} ${lagP99Ms} ms`).join(', ');
    return `${Math.round(commands / seconds).toLocaleString('en-US')} commands/s; lag p99: ${told}`;
  });
});

it('holds no more after a long churn than after a short one', async () => {
  await prove(
    { part: 'cqrs-churn', property: 'Memory is bounded by what is stored, however long it works', store },
    async () => {
      const until = performance.now() + figure(8000, 600_000);
      const strategy = await startStrategy({ cacheEntries: 500 });
      strategy.events.subscribe({ name: 'listens', types: 'all' }, async () => undefined);
      let [rounds, settled] = [0, 0];
      for (; performance.now() < until || rounds < 40; rounds += 1) {
        // Organizations come and go, sixteen at a time.
        const organizationId = known(parseOrganizationId(`churn-${rounds % 16}`));
        strategy.partitions.drop(organizationId, organizationId);
        const { paymentId } = await done(strategy, creation({ organizationId }));
        await strategy.write.executeBulk(Array.from({ length: 300 }, () => creation({ organizationId })));
        const { position } = await done(strategy, describing(paymentId, `round ${rounds}`, organizationId));
        for (let limit = 1; limit <= 50; limit += 1) {
          const found = await strategy.read.search({ ...newest, limit }, reading(position, 60_000, organizationId));
          expect(found.total.value).toBe(301);
        }
        expect((await strategy.read.statistics(totals, reading(position, 60_000, organizationId))).count).toBe(301);
        if (rounds === 32) settled = megabytesInUse();
      }
      await strategy.events.settled();
      const ended = megabytesInUse();
      expect(ended).toBeLessThan(settled * 1.15 + 8);
      await strategy.stop();
      return `${rounds.toLocaleString('en-US')} organizations of 301 payments came and went: ${settled.toFixed(0)} MB after 33 of them, ${ended.toFixed(0)} MB at the end`;
    },
  );
});
