import { describe, expect, it } from 'vitest';
import { parseOrganizationId, type Payment } from '@paystrata/domain';
import { maintenanceActions, type Progress } from '../ports/maintenance.ts';
import { createArrayStore } from '../testing/array-store.ts';
import { acme, createCountingIds, known } from '../testing/known.ts';
import { createMovableClock } from '../testing/movable-clock.ts';
import { createTestApplication } from '../testing/test-application.ts';
import { createLogFedReadModel } from './log-fed-read-model.ts';
import { createDerivedMaintenance } from './maintenance.ts';

const all = { kind: 'all' } as const;

async function setUp() {
  const store = createArrayStore();
  const clock = createMovableClock();
  const { send } = createTestApplication({ store, clock, ids: createCountingIds() });
  const ids: Payment['id'][] = [];
  for (const amount of [1, 2, 3]) {
    const { paymentId } = await send({ type: 'CreatePayment', amount, currency: 'EUR' });
    ids.push(paymentId);
  }
  await send({ type: 'CancelPayment', paymentId: known(ids[0]) });
  const readModel = createLogFedReadModel({ source: store, clock });
  /** What the store answers instead of the state of the second payment. */
  const wrong = { payment: undefined as Payment | null | undefined };
  const load: typeof store.load = async (key, commandId) => {
    const loaded = await store.load(key, commandId);
    return key.paymentId === ids[1] && wrong.payment !== undefined ? { ...loaded, payment: wrong.payment } : loaded;
  };
  const maintenance = createDerivedMaintenance({ store: { ...store, load }, readModel });
  const second = known((await store.load({ organizationId: acme, paymentId: known(ids[1]) }, null)).payment);
  return { send, maintenance, readModel, ids, wrong, second };
}

describe('derived maintenance', () => {
  it('finds a store whose state is the fold of its log in order', async () => {
    const { maintenance } = await setUp();
    const seen: Progress[] = [];
    const report = await maintenance.run('verify', all, { onProgress: (progress) => seen.push(progress) });
    expect(report).toEqual({ action: 'verify', checked: 3, changed: 0, differences: [], differing: 0 });
    expect(seen.at(-1)).toEqual({ done: 3, total: 3 });
  });

  it.each<readonly [string, (right: Payment) => Payment | null, RegExp]>([
    ['another amount', (right) => ({ ...right, captured: 1n }), /differs from the fold of the log in captured$/],
    ['no state', () => null, /no state/],
    ['events lost', (right) => ({ ...right, version: 2 }), /at version 2, the log ends at 1/],
  ])('finds %s', async (_, make, problem) => {
    const { maintenance, ids, wrong, second } = await setUp();
    wrong.payment = make(second);
    const report = await maintenance.run('verify', all);
    expect(report).toMatchObject({ checked: 3, differing: 1 });
    expect(report.differences).toEqual([
      { organizationId: 'acme', paymentId: ids[1], problem: expect.stringMatching(problem) as string },
    ]);
  });

  it('is not misled by what is committed between reading the state and reading the log', async () => {
    const { send, maintenance, wrong, second } = await setUp();
    await send({ type: 'CancelPayment', paymentId: second.id });
    wrong.payment = second;
    expect(await maintenance.run('verify', all)).toMatchObject({ checked: 3, differing: 0 });
  });

  it('looks at its scope only', async () => {
    const { maintenance, ids, wrong } = await setUp();
    wrong.payment = null;
    const check = async (scope: Parameters<typeof maintenance.run>[1]) => {
      const { checked, differing } = await maintenance.run('verify', scope);
      return [checked, differing];
    };
    const organizationId = acme;
    expect(await check({ kind: 'organization', organizationId })).toEqual([3, 1]);
    expect(await check({ kind: 'organization', organizationId: known(parseOrganizationId('other')) })).toEqual([0, 0]);
    expect(await check({ kind: 'payment', organizationId, paymentId: known(ids[0]) })).toEqual([1, 0]);
    expect(await check({ kind: 'payment', organizationId, paymentId: known(ids[1]) })).toEqual([1, 1]);
  });

  it('rebuilds the read model', async () => {
    const { maintenance, readModel } = await setUp();
    expect(await maintenance.run('rebuild', all)).toMatchObject({ action: 'rebuild', checked: 3, changed: 3 });
    expect(readModel.position()).toBe(4);
  });

  it('names what it cannot do, and what it can', async () => {
    const { maintenance } = await setUp();
    for (const action of maintenanceActions.filter((each) => !maintenance.actions.includes(each))) {
      await expect(maintenance.run(action, all)).rejects.toMatchObject({
        code: 'CAPABILITY_MISSING',
        message: expect.stringContaining(action) as string,
        details: { action },
      });
    }
    expect(maintenance.actions).toEqual(['verify', 'rebuild']);
  });

  it('stops when it is told to', async () => {
    const { maintenance } = await setUp();
    const stop = new AbortController();
    const run = maintenance.run('verify', all, {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(run).rejects.toThrow('enough');
  });
});
