import {
  createStoreWriteModel,
  createUuidV7Ids,
  PortFailure,
  systemClock,
  type Maintenance,
} from '@paystrata/application';
import { acme, other } from '@paystrata/conformance/random-payments';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryStore, type MemoryStore } from '../store/memory-store.ts';
import { createIndexMaintenance } from './index-maintenance.ts';
import { createIndexedReadModel, type IndexedReadModel } from './indexed-read-model.ts';
import { ServedIndex } from './served-index.ts';
import { cancellation, creation } from './testing/orders.ts';

const all = { kind: 'all' } as const;

let store: MemoryStore;
let read: IndexedReadModel;
let maintenance: Maintenance;
let mended: number;
let create: (number: number) => Promise<unknown>;

beforeEach(async () => {
  const served = new ServedIndex();
  store = createMemoryStore({ projection: served });
  await store.start();
  const source = { readAll: store.readAll.bind(store), epoch: () => store.epoch(), position: () => store.position() };
  read = createIndexedReadModel(served, { source, clock: systemClock });
  mended = 0;
  maintenance = createIndexMaintenance({ store, read, onMended: () => (mended += 1) });
  const write = createStoreWriteModel({ store, ids: createUuidV7Ids(systemClock), clock: systemClock });
  create = async (number) => write.execute(creation(number, number % 5 === 0 ? other : acme));
  for (let number = 1; number <= 10; number += 1) await create(number);
  await write.execute(cancellation(1));
});

/** One payment of each fault; 6 stays as it is. */
function damage() {
  const index = read.index();
  const keyOf = (number: number) => creation(number);
  index.remove(keyOf(2));
  const [cancelled, changed] = [index.get(keyOf(1)), index.get(keyOf(3))];
  if (cancelled === null || changed === null) throw new Error('the payments are there');
  index.remove(keyOf(1));
  index.apply({ ...cancelled, payment: { ...cancelled.payment, version: 1, status: 'pending' } });
  index.remove(keyOf(3));
  index.apply({ ...changed, payment: { ...changed.payment, userId: 'somebody else' } });
  index.apply({ ...changed, payment: { ...changed.payment, id: keyOf(99).paymentId } });
}

describe('maintenance of an index', () => {
  it('finds nothing where nothing is wrong', async () => {
    for (const action of ['verify', 'repair', 'synchronize', 'optimize'] as const) {
      expect(await maintenance.run(action, all)).toMatchObject({ action, checked: 10, changed: 0, differing: 0 });
    }
    expect(mended).toBe(0);
  });

  it('names what is missing, behind, different and unknown, and puts it right', async () => {
    damage();
    const found = await maintenance.run('verify', all);
    expect(found.differences.map(({ paymentId, problem }) => [paymentId, problem])).toEqual([
      [creation(1).paymentId, 'the index has version 1, the log 2'],
      [creation(2).paymentId, 'the index does not have it'],
      [creation(3).paymentId, 'the index differs from the fold of the log'],
      [creation(99).paymentId, 'the index has it, the log does not'],
    ]);
    expect(await maintenance.run('repair', all)).toMatchObject({ checked: 10, changed: 4, differing: 4 });
    expect(mended).toBe(4);
    expect((await maintenance.run('verify', all)).differing).toBe(0);
  });

  it('minds the scope: one payment, an organization', async () => {
    damage();
    const second = { kind: 'payment', organizationId: acme, paymentId: creation(2).paymentId } as const;
    expect(await maintenance.run('repair', second)).toMatchObject({ checked: 1, changed: 1 });
    const others = { kind: 'organization', organizationId: other } as const;
    expect(await maintenance.run('repair', others)).toMatchObject({ checked: 2, changed: 0 });
    const ours = { kind: 'organization', organizationId: acme } as const;
    expect(await maintenance.run('verify', ours)).toMatchObject({ checked: 8, differing: 3 });
    const unknown = { kind: 'payment', organizationId: acme, paymentId: creation(99).paymentId } as const;
    expect(await maintenance.run('repair', unknown)).toMatchObject({ changed: 1 });
  });

  it('synchronizes what the index lacks, and nothing else', async () => {
    damage();
    expect(await maintenance.run('synchronize', all)).toMatchObject({ changed: 2 });
    expect((await maintenance.run('verify', all)).differences.map(({ problem }) => problem)).toEqual([
      'the index differs from the fold of the log',
      'the index has it, the log does not',
    ]);
  });

  it('cleans what the log does not know and compacts, while commands go on', async () => {
    damage();
    const optimized = maintenance.run('optimize', all);
    await create(11);
    expect(await optimized).toMatchObject({ changed: 1, differing: 1 });
    expect(read.index().size()).toBe(10);
    expect(await maintenance.run('repair', all)).toMatchObject({ changed: 3 });
  });

  it('folds a damaged index anew', async () => {
    damage();
    expect(await maintenance.run('rebuild', all)).toMatchObject({ checked: 10, changed: 10 });
    expect((await maintenance.run('verify', all)).differing).toBe(0);
  });

  it('finds parts of the index that disagree, and makes them anew', async () => {
    const faults = vi.spyOn(read.index(), 'faults');
    const fault = { paymentId: creation(3).paymentId, problem: 'the index does not find it by its words' };
    faults.mockReturnValue([null, fault]);
    const ours = { kind: 'organization', organizationId: acme } as const;
    expect((await maintenance.run('verify', ours)).differences).toEqual([{ organizationId: acme, ...fault }]);
    const sixth = { kind: 'payment', organizationId: acme, paymentId: creation(6).paymentId } as const;
    expect((await maintenance.run('verify', sixth)).differing).toBe(0);
    expect(await maintenance.run('repair', ours)).toMatchObject({ changed: 10, differing: 1 });
    expect((await maintenance.run('verify', all)).differing).toBe(0);
  });

  it('ends where it is told to, and leaves what was there', async () => {
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error('enough'));
    for (const action of ['verify', 'rebuild', 'repair'] as const) {
      const { signal } = controller;
      await expect(maintenance.run(action, all, { signal, onProgress })).rejects.toThrow('enough');
    }
    expect(read.index().size()).toBe(10);
  });

  it('has nothing to archive, no roots, and nothing at all once the store is stopped', async () => {
    await expect(maintenance.run('archive', all)).rejects.toMatchObject({ code: 'CAPABILITY_MISSING' });
    await expect(maintenance.run('verify', all, { seal: true })).rejects.toMatchObject({ code: 'CAPABILITY_MISSING' });
    await store.stop();
    await expect(maintenance.run('optimize', all)).rejects.toBeInstanceOf(PortFailure);
  });
});
