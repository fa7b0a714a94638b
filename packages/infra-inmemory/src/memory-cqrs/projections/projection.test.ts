// Projections at work: their lag, pauses and rebuilds, and what no reader ever gets of them.

import { acme } from '@paystrata/conformance/random-payments';
import { describe, expect, it } from 'vitest';
import { createStandingClock } from '../testing/standing-clock.ts';
import {
  creation,
  describing,
  done,
  erasing,
  newest,
  reading,
  startStrategy,
  until,
} from '../testing/test-strategy.ts';
import { projectionNames } from './projections.ts';

const suggest = { type: 'SuggestPayments', prefix: 'ada', field: null, limit: 10 } as const;
const all = { kind: 'all' } as const;
const totals = { type: 'PaymentStatistics', range: { from: null, to: null }, of: 'created' } as const;

describe('a projection', () => {
  it('tells how far it is behind, and a reader with a position waits for it', async () => {
    const clock = createStandingClock();
    const strategy = await startStrategy({ clock, projectionDelayMs: 200 });
    const { paymentId, position } = await done(strategy, creation());
    clock.advance(150);
    expect(strategy.projections.payments.status()).toMatchObject({ checkpoint: 0, lag: 1, lagMs: 150 });
    const get = { type: 'GetPayment', paymentId, asOf: null } as const;
    expect(await strategy.read.get(get, reading(null))).toBeNull();
    const waiting = strategy.read.get(get, reading(position));
    await until(() => clock.sleepers === 2);
    clock.advance(50);
    expect((await waiting)?.payment.version).toBe(1);
    expect(strategy.projections.payments.status()).toMatchObject({ checkpoint: 1, lag: 0, lagMs: 0, lagP99Ms: 200 });
  });

  it('never answers a reader with less than the reader has seen, whatever the delay (a sample)', async () => {
    const clock = createStandingClock();
    const strategy = await startStrategy({ clock, projectionDelayMs: 200 });
    let pairs = 0;
    const writer = async () => {
      let { paymentId, position } = await done(strategy, creation());
      for (let version = 1; version <= 20; version += 1) {
        const found = await strategy.read.get({ type: 'GetPayment', paymentId, asOf: null }, reading(position, 60_000));
        expect(found?.payment.version).toBe(version);
        const page = await strategy.read.search(newest, reading(position, 60_000));
        expect(page.payments.every((each) => each.payment.id !== paymentId || each.payment.version >= version)).toBe(
          true,
        );
        pairs += 1;
        ({ paymentId, position } = await done(strategy, describing(paymentId, `change ${version}`)));
      }
    };
    let isDone = false;
    const writers = Promise.all(Array.from({ length: 20 }, writer)).finally(() => (isDone = true));
    await until(() => {
      clock.advance(10);
      return isDone;
    });
    await writers;
    expect(pairs).toBe(400);
  });

  it('fails a reader whose position it does not reach, and one that waits while the strategy stops', async () => {
    const clock = createStandingClock();
    const strategy = await startStrategy({ clock });
    const { position } = await done(strategy, creation());
    await strategy.read.statistics(totals, reading(position));
    strategy.projections.statistics.pause();
    const later = await done(strategy, creation());
    await expect(strategy.read.statistics(totals, reading(later.position, 0))).rejects.toMatchObject({
      code: 'POSITION_TIMEOUT',
    });
    const waiting = strategy.read.statistics(totals, reading(later.position, 1000));
    const stopped = strategy.read.statistics(totals, reading(later.position, 9000)).catch((error: unknown) => error);
    await until(() => clock.sleepers === 2);
    clock.advance(1000);
    await expect(waiting).rejects.toMatchObject({ code: 'POSITION_TIMEOUT' });
    await strategy.stop();
    expect(await stopped).toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it.each(projectionNames)('%s is paused and resumed apart from the others', async (name) => {
    const strategy = await startStrategy();
    strategy.projections[name].pause();
    const { position } = await done(strategy, creation());
    const others = projectionNames.filter((each) => each !== name);
    await until(() => others.every((each) => strategy.projections[each].status().lag === 0));
    expect(strategy.projections[name].status()).toMatchObject({ paused: true, checkpoint: 0, lag: 1 });
    strategy.projections[name].resume();
    await until(() => strategy.projections[name].status().checkpoint === position.position);
  });

  it('is rebuilt beside the one that answers, while payments are written', async () => {
    const strategy = await startStrategy();
    await strategy.write.executeBulk(Array.from({ length: 1200 }, () => creation()));
    await strategy.maintenance.run('synchronize', all);
    const told: number[] = [];
    const rebuilt = strategy.maintenance.run('rebuild', all, { onProgress: ({ done: each }) => told.push(each) });
    let counted = 1200;
    for (let more = 0; more < 60; more += 1) {
      const { position } = await done(strategy, creation());
      counted += 1;
      expect((await strategy.read.statistics(totals, reading(position))).count).toBe(counted);
      expect((await strategy.read.search(newest, reading(null))).total.value).toBeGreaterThanOrEqual(1200);
    }
    expect((await rebuilt).checked).toBeGreaterThanOrEqual(1200);
    expect(told.length).toBeGreaterThan(1);
    expect(await strategy.maintenance.run('verify', all)).toMatchObject({ checked: 1260, differing: 0 });
  });

  it('gives a rebuild up when it is told to, and answers as before', async () => {
    const strategy = await startStrategy();
    await strategy.write.executeBulk(Array.from({ length: 2500 }, () => creation()));
    await strategy.maintenance.run('synchronize', all);
    const controller = new AbortController();
    const rebuilt = strategy.maintenance.run('rebuild', all, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(rebuilt).rejects.toThrow('enough');
    expect(strategy.projections.payments.status()).toMatchObject({ rebuilding: false, lag: 0 });
    expect((await strategy.read.statistics(totals, reading(null))).count).toBe(2500);
  });

  it('loses erased personal data at once, also while it is paused and from what is cached', async () => {
    const strategy = await startStrategy();
    const { paymentId, position } = await done(strategy, creation({ personal: { description: 'Ada pays' } }));
    const texts = async () => {
      const page = await strategy.read.search(newest, reading(null));
      const words = await strategy.read.suggestions(suggest, reading(null));
      return [page.payments.map(({ payment }) => payment.personal.description), words.map(({ text }) => text)];
    };
    await strategy.read.search(newest, reading(position));
    await strategy.read.suggestions(suggest, reading(position));
    expect(await texts()).toEqual([['Ada pays'], ['ada']]);
    for (const name of projectionNames) strategy.projections[name].pause();
    await done(strategy, erasing(paymentId));
    expect(await texts()).toEqual([[null], []]);
    for (const name of projectionNames) strategy.projections[name].resume();
    await strategy.maintenance.run('synchronize', all);
    expect(await texts()).toEqual([[null], []]);
    expect(await strategy.maintenance.run('verify', all)).toMatchObject({ differing: 0 });
  });

  it('knows nothing of an earlier life', async () => {
    const strategy = await startStrategy();
    await done(strategy, creation());
    await strategy.stop();
    await expect(strategy.read.search(newest, reading(null))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await strategy.start();
    expect((await strategy.read.search(newest, reading(null))).payments).toEqual([]);
    const { position } = await done(strategy, creation());
    expect(position.position).toBe(1);
    expect((await strategy.read.search(newest, reading(position))).total.value).toBe(1);
    expect(strategy.partitions.list()).toMatchObject([{ organizationId: acme, payments: 1 }]);
  });
});
