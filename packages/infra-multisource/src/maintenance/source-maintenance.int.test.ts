// Maintenance of the sources: what differs from SQL is found, named and put right, also where one of them is away.
import { acme, known, other } from '@paystrata/conformance/random-payments';
import { PortFailure } from '@paystrata/application';
import { afterEach, expect, it } from 'vitest';
import { monthOf } from '../files/event-archive.ts';
import { sourceDocument } from '../ports/document-text.ts';
import type { PaymentSource, SourceDocument, SourceEvent } from '../ports/source.ts';
import { away, createFakeSource } from '../testing/fake-source.ts';
import { heldBy, openWorld, type StrategyWorld } from '../testing/strategy-world.ts';

let world: StrategyWorld;

afterEach(() => world.dispose());

const all = { kind: 'all' } as const;

it('verify finds what is missing, old, made up or too much in a source, and repair puts it right', async () => {
  const source = createFakeSource();
  world = await openWorld([source]);
  const receipts = await world.createAll(4);
  await world.caughtUp(source);
  const [missing, old, madeUp, tooMuch] = receipts.map(({ paymentId }) => ({ organizationId: acme, paymentId }));
  const documentOf = async (key: typeof missing) => {
    return known(await world.get(known(key).paymentId));
  };
  const [first, third, fourth] = [await documentOf(old), await documentOf(madeUp), await documentOf(tooMuch)];
  await source.remove([missing, old, madeUp].map((key) => known(key)));
  await source.put([
    sourceDocument({ ...first, position: first.position - 1 }),
    sourceDocument({ ...third, payment: { ...third.payment, reference: 'made up' } }),
    sourceDocument({ ...fourth, position: fourth.position + 50 }),
    sourceDocument({ ...fourth, payment: { ...fourth.payment, organizationId: other } }),
  ]);
  const progress: number[] = [];
  const report = await world.strategy.maintenance.run('verify', all, { onProgress: ({ done }) => progress.push(done) });
  const problems = report.differences.map(({ paymentId, problem }) => `${paymentId} ${problem}`).sort();
  expect(problems).toEqual(
    [
      `${missing?.paymentId} fake does not have it`,
      `${old?.paymentId} fake has an older state of it than SQL`,
      `${madeUp?.paymentId} fake has another state of it than SQL`,
      `${tooMuch?.paymentId} fake has a state of it that the log does not have`,
      `${tooMuch?.paymentId} fake has it, the log does not`,
    ].sort(),
  );
  expect(progress.length).toBeGreaterThan(0);
  const one = { kind: 'payment', organizationId: acme, paymentId: known(missing).paymentId } as const;
  expect((await world.strategy.maintenance.run('verify', one)).differing).toBe(1);
  expect((await world.strategy.maintenance.run('repair', all)).changed).toBeGreaterThanOrEqual(5);
  expect((await world.strategy.maintenance.run('verify', all)).differing).toBe(0);
  expect(await heldBy(source, other)).toBe(0);
});

it('verify goes on where one source does not answer, and names it', async () => {
  const [one, two] = [createFakeSource({ name: 'one' }), createFakeSource({ name: 'two' })];
  world = await openWorld([one, two]);
  await world.createAll(2);
  await world.caughtUp(one, two);
  one.failure = away;
  const { differences, differing } = await world.strategy.maintenance.run('verify', all);
  expect(differing).toBe(1);
  expect(differences[0]?.problem).toContain('one could not be looked at');
});

it('rebuild and synchronize fill a source again, also in a process that does nothing in the background', async () => {
  const source = createFakeSource();
  world = await openWorld([source], { background: false });
  await world.createAll(3);
  expect(await source.held()).toBeNull();
  expect((await world.strategy.maintenance.run('rebuild', all)).differing).toBe(0);
  expect(await heldBy(source)).toBe(3);
  await source.remove([{ organizationId: acme, paymentId: known((await world.createAll(1))[0]).paymentId }]);
  const organization = { kind: 'organization', organizationId: acme } as const;
  expect((await world.strategy.maintenance.run('synchronize', organization)).changed).toBeGreaterThanOrEqual(4);
  expect(await heldBy(source)).toBe(4);
});

it('verify names what an archive lacks of the log, and repair adds it', async () => {
  const kept = new Map<number, SourceEvent>();
  const archive: PaymentSource['archive'] = {
    positions: async (_, month) =>
      new Set([...kept.values()].filter(({ event }) => monthOf(event.at) === month).map(({ event }) => event.position)),
    add: async (events) => events.forEach((each) => kept.set(each.event.position, each)),
  };
  const source = createFakeSource({ archive });
  world = await openWorld([source]);
  const [, second] = await world.createAll(3);
  await world.caughtUp(source);
  await archive.add(
    (await world.strategy.log.readAll({ direction: 'forward', from: null, limit: 2 })).events.map((event) => ({
      event,
      text: '',
    })),
  );
  expect((await world.strategy.maintenance.run('verify', all)).differences).toMatchObject([
    { problem: 'the archive of fake lacks its event 1' },
  ]);
  kept.delete(2);
  expect(await world.strategy.maintenance.run('repair', all)).toMatchObject({ changed: 2, differing: 2 });
  expect(kept.get(2)?.text).toContain(known(second).paymentId);
  expect((await world.strategy.maintenance.run('verify', all)).differing).toBe(0);
});

it('repair fills a source again that is damaged as a whole', async () => {
  const source = createFakeSource();
  world = await openWorld([source]);
  await world.createAll(3);
  await world.caughtUp(source);
  const { digest, clear } = source;
  source.digest = async () => {
    throw new PortFailure('STORE_DAMAGED', 'a file is damaged', { retryable: true });
  };
  source.clear = async () => {
    Object.assign(source, { digest, clear });
    await clear();
  };
  const problem = 'fake could not be looked at: a file is damaged';
  expect((await world.strategy.maintenance.run('verify', all)).differences).toMatchObject([{ problem }]);
  expect((await world.strategy.maintenance.run('repair', all)).differences).toMatchObject([
    { problem: 'fake is filled again: a file is damaged' },
  ]);
  expect(await heldBy(source)).toBe(3);
  expect((await world.strategy.maintenance.run('verify', all)).differing).toBe(0);
});

it('rebuild fills a new copy before it takes the place of the old one, where the source can', async () => {
  const source = createFakeSource();
  const heldMeanwhile: (number | null)[] = [];
  source.renew = async (fill) => {
    const copy: SourceDocument[] = [];
    const position = await fill(async (documents) => {
      copy.push(...documents);
      heldMeanwhile.push(await heldBy(source));
    });
    await source.clear();
    await source.apply({ from: 0, to: position, documents: copy, events: [] });
  };
  world = await openWorld([source]);
  await world.createAll(3);
  await world.caughtUp(source);
  expect((await world.strategy.maintenance.run('rebuild', all)).differing).toBe(0);
  expect(heldMeanwhile).toEqual([3]);
  await world.createAll(1);
  await world.caughtUp(source);
  expect(await heldBy(source)).toBe(4);
  expect((await world.strategy.maintenance.run('verify', all)).differing).toBe(0);
});
