// multi-source as a whole: sources that fail, hang, refuse, lose what they had or lag never hold back a write, another
// source or an answer, and have everything again soon after.
import { afterEach, expect, it } from 'vitest';
import { acme, known, other } from '@paystrata/conformance/random-payments';
import type { AccessNotice, Receipt } from '@paystrata/application';
import type { PaymentSource } from './ports/source.ts';
import { away, createFakeSource, type FakeSource } from './testing/fake-source.ts';
import { heldBy, openWorld, until, type StrategyWorld } from './testing/strategy-world.ts';

let world: StrategyWorld;

afterEach(() => world.dispose());

const controlOf = (source: PaymentSource) => {
  const control = world.strategy.sources().find(({ name }) => name === source.name);
  if (control === undefined) throw new Error('no such source');
  return control;
};

const all = { kind: 'all' } as const;

it('a source that is away holds back neither writes nor another source, and has everything once it is back', async () => {
  const [one, two] = [createFakeSource({ name: 'one' }), createFakeSource({ name: 'two' })];
  world = await openWorld([one, two]);
  one.failure = away;
  const receipts = await world.createAll(5);
  await world.caughtUp(two);
  const { sources, healthy } = await world.strategy.health();
  expect(healthy).toBe(true);
  expect(sources.find(({ name }) => name === 'one')?.problem).toContain('it is away');
  for (const { paymentId } of receipts) expect((await world.get(paymentId))?.payment.id).toBe(paymentId);
  one.failure = null;
  await world.caughtUp(one);
  expect(await heldBy(one)).toBe(5);
});

it('a source that was emptied is filled again while others answer', async () => {
  const source = createFakeSource();
  world = await openWorld([source]);
  const [first] = await world.createAll(20);
  await world.caughtUp(source);
  await source.open('whoever emptied it');
  expect(await source.held()).toBeNull();
  expect((await world.get(known(first).paymentId, first?.position))?.payment.version).toBe(1);
  await world.caughtUp(source);
  expect(await heldBy(source)).toBe(20);
  expect(controlOf(source).status().rewinds).toBeGreaterThan(0);
});

it('what a source refuses becomes a dead letter, the rest goes on, and it can be replayed', async () => {
  const source = createFakeSource();
  world = await openWorld([source]);
  const [bad] = await world.createAll(1);
  source.refuses = (paymentId) => paymentId === bad?.paymentId;
  await source.clear();
  const [good] = await world.createAll(1);
  await until('a dead letter', async () => (await controlOf(source).deadLetters()).length === 1);
  await world.caughtUp(source);
  const [letter] = await controlOf(source).deadLetters();
  expect(letter?.error).toContain(`it refuses ${bad?.paymentId}`);
  expect(await heldBy(source)).toBe(1);
  expect((await world.strategy.maintenance.run('verify', all)).differences).toMatchObject([
    {
      paymentId: bad?.paymentId,
      problem: expect.stringMatching(/refused the event at position 1: it refuses/) as string,
    },
    { paymentId: bad?.paymentId, problem: 'fake does not have it' },
  ]);
  await expect(controlOf(source).replay(letter?.position ?? 0)).rejects.toThrow('it refuses');
  expect(await world.strategy.maintenance.run('repair', all)).toMatchObject({ changed: 0, differing: 3 });
  source.refuses = () => false;
  expect(await world.strategy.maintenance.run('repair', all)).toMatchObject({ changed: 1, differing: 1 });
  expect(await controlOf(source).deadLetters()).toEqual([]);
  expect(await heldBy(source)).toBe(2);
  expect(good?.version).toBe(1);
});

it('an erasure reaches every payment of the subject in every source, also one that was away, and the cache', async () => {
  const source = createFakeSource();
  world = await openWorld([source]);
  const customer = { id: 'ada', name: 'Ada Lovelace', email: 'ada@example.org' };
  const [first, second] = await world.createAll(2, { customer, description: 'for Ada' });
  await world.caughtUp(source);
  expect((await world.get(known(second).paymentId))?.payment.personal.customer?.name).toBe('Ada Lovelace');
  source.failure = away;
  const erased = await world.erase(known(first).paymentId);
  const shown = await world.get(known(second).paymentId, erased.position);
  expect(shown?.payment.personal).toEqual({ customer: null, description: null, metadata: {} });
  source.failure = null;
  await world.caughtUp(source);
  for (const receipt of [first, second]) {
    const query = { type: 'GetPayment', paymentId: known(receipt).paymentId, asOf: null } as const;
    const asked = { organizationId: acme, epoch: world.strategy.epoch(), atLeast: 0 };
    const found = await source.queries.get?.(query, asked);
    expect(JSON.stringify(found?.answer?.payment.personal)).not.toContain('Ada');
  }
});

it('an erasure that was broken off reaches every payment of the subject, though it is brought twice, and the next one too', async () => {
  const source = createFakeSource();
  world = await openWorld([source]);
  const customer = { id: 'ada', name: 'Ada Lovelace' };
  const receipts = [...(await world.createAll(3, { customer }))];
  await world.caughtUp(source);
  const shown = async () => {
    const asked = { organizationId: acme, epoch: world.strategy.epoch(), atLeast: 0 };
    const ask = async ({ paymentId }: Receipt) =>
      source.queries.get?.({ type: 'GetPayment', paymentId, asOf: null }, asked);
    return JSON.stringify((await Promise.all(receipts.map(ask))).map((found) => found?.answer?.payment.personal));
  };
  expect(await shown()).toContain('Lovelace');
  source.failure = away;
  await world.eraseOne(known(receipts[0]).paymentId);
  await until('an attempt', () => controlOf(source).status().waits > 0);
  source.failure = null;
  await world.caughtUp(source);
  expect(await shown()).not.toContain('Lovelace');
  receipts.push(...(await world.createAll(1, { customer })));
  await world.caughtUp(source);
  expect(await shown()).toContain('Lovelace');
  await world.eraseOne(known(receipts[1]).paymentId);
  await world.caughtUp(source);
  expect(await shown()).not.toContain('Lovelace');
});

it('what was erased is shown no more, also by a source that still has it, without being asked for', async () => {
  const source = createFakeSource();
  world = await openWorld([source], { cache: { ttlSeconds: { get: 0 } } });
  const [first, second] = await world.createAll(2, { customer: { id: 'ada', name: 'Ada Lovelace' } });
  await world.caughtUp(source);
  source.apply = async () => {
    throw away;
  };
  await world.erase(known(first).paymentId);
  for (let ask = 0; ask < 5; ask += 1) {
    expect((await world.get(known(second).paymentId))?.payment.personal.customer).toBeNull();
  }
});

it('a source gets only what is routed to it, and is asked only about what it gets whole', async () => {
  const [some, types] = [createFakeSource({ name: 'some' }), createFakeSource({ name: 'types' })];
  const routes = { some: { exceptOrganizations: [other] }, types: { types: ['PersonalDataErased' as const] } };
  world = await openWorld([some, types], { routes });
  await world.createAll(1);
  await world.create({}, other);
  await world.caughtUp(some, types);
  expect([await heldBy(some), await heldBy(some, other), await heldBy(types)]).toEqual([1, 0, 0]);
  expect((await world.strategy.maintenance.run('verify', all)).differing).toBe(0);
});

it('a process that stops hands over, and the next one goes on from there', async () => {
  const source = createFakeSource();
  world = await openWorld([source]);
  await world.createAll(3);
  await world.caughtUp(source);
  const next = await world.another([source]);
  await world.strategy.stop();
  await until('the next one', () => next.sources()[0]?.status().state === 'caughtUp');
  expect(next.sources()[0]?.status()).toMatchObject({ rewinds: 0, problem: null });
});

it('a source that forgets a payment gets it again when it is asked for', async () => {
  const source = createFakeSource({ isComplete: false });
  const get = source.queries.get;
  const forgetful: FakeSource = Object.assign(source, {
    queries: {
      get: async (...[query, context]: Parameters<NonNullable<typeof get>>) => {
        const found = await get?.(query, context);
        return found === null || found === undefined || found.answer === null ? null : found;
      },
    },
  });
  world = await openWorld([forgetful], { cache: { ttlSeconds: { get: 0 } } });
  const { paymentId } = known((await world.createAll(1))[0]);
  await world.caughtUp(source);
  await source.remove([{ organizationId: acme, paymentId: paymentId }]);
  expect((await world.strategy.maintenance.run('verify', all)).differing).toBe(0);
  await until('it has it again', async () => {
    await world.get(paymentId);
    return (await heldBy(source)) === 1;
  });
});

it('tells where an answer came from and who looked, and counts both sides of every source', async () => {
  const notices: AccessNotice[] = [];
  const source = createFakeSource();
  world = await openWorld([source], { onAccess: (notice) => notices.push(notice) });
  const [receipt] = await world.createAll(1);
  const origins: string[] = [];
  const query = { type: 'GetPayment', paymentId: known(receipt).paymentId, asOf: null } as const;
  const context = { organizationId: acme, atLeast: receipt?.position ?? null, timeoutMs: 1000 };
  for (let ask = 0; ask < 2; ask += 1) {
    await world.strategy.read.get(query, {
      ...context,
      onAnswered: ({ source: from, position }) => origins.push(`${from} ${position >= 1}`),
    });
  }
  expect(origins[0]).toMatch(/^(sql|fake) true$/);
  expect(origins[1]).toBe('cache true');
  expect(notices.map(({ paymentIds }) => paymentIds)).toEqual([[receipt?.paymentId], [receipt?.paymentId]]);
  await world.caughtUp(source);
  const measured = world.strategy.measure();
  const valueOf = (name: string, labels: Record<string, string>) =>
    measured.find(
      (each) => each.name === name && Object.entries(labels).every(([key, value]) => each.labels[key] === value),
    )?.value ?? 0;
  expect(valueOf('paystrata_source_calls_total', { source: 'sql', side: 'write', operation: 'commit' })).toBe(1);
  expect(
    valueOf('paystrata_source_calls_total', { source: 'fake', side: 'write', operation: 'apply' }),
  ).toBeGreaterThan(0);
  expect(valueOf('paystrata_cache_hit_rate', { query: 'get' })).toBe(0.5);
  expect(measured.filter(({ value }) => !Number.isFinite(value))).toEqual([]);
});

it('what was shown once is in every later answer, whoever gives it, without being asked for', async () => {
  const source = createFakeSource();
  world = await openWorld([source]);
  const [before] = await world.createAll(1);
  await world.caughtUp(source);
  source.apply = async () => {
    throw away;
  };
  const [after] = await world.createAll(1);
  expect((await world.get(known(after).paymentId))?.position).toBe(known(after).position.position);
  const query = { type: 'PaymentStatistics', range: { from: null, to: null }, of: 'created' } as const;
  const origins: string[] = [];
  const onAnswered = ({ source: from }: { readonly source: string }) => origins.push(from);
  const context = { organizationId: acme, atLeast: null, timeoutMs: 1000, onAnswered };
  expect((await world.strategy.read.statistics(query, context)).count).toBe(2);
  expect(origins).toEqual(['sql']);
  expect(before?.version).toBe(1);
});

it('refuses two sources of one name', async () => {
  world = await openWorld([]);
  const twice = [createFakeSource({ name: 'one' }), createFakeSource({ name: 'one' })];
  await expect(world.another(twice)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});
