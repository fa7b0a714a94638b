// Aggregates from their events: decisions, races, lost answers and snapshots.
import { createUuidV7Ids, PortFailure, systemClock, type EventStore, type StreamEvent } from '@paystrata/application';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryEventStore } from '../memory/memory-event-store.ts';
import { acme } from '../testing/event-store-world.ts';
import type { Decider } from './aggregate.ts';
import { createMemorySnapshotStore } from './memory-snapshot-store.ts';
import { createRepository, type RepositoryOptions, type SnapshotPolicy } from './repository.ts';

interface Counted {
  readonly type: 'Counted';
  readonly data: { readonly by: number };
}
type Count = { readonly type: 'Count'; readonly by: number };

let evolved = 0;
const decider: Decider<number, Count, Counted, string> = {
  initialState: 0,
  evolve: (state, { data }) => {
    evolved++;
    return state + data.by;
  },
  decide: ({ by }, state) =>
    state + by > 1000
      ? { accepted: false, rejection: 'too_many' }
      : { accepted: true, events: [{ type: 'Counted', data: { by } }] },
};
const parse = ({ type, data }: StreamEvent): Counted | null =>
  type === 'Counted' && typeof data['by'] === 'number' ? { type, data: { by: data['by'] } } : null;
const context = { actor: 'ada', correlationId: 'request-1' };

let eventStore: EventStore;
const open = (changes: Partial<RepositoryOptions<number, Count, Counted, string>> = {}) =>
  createRepository({
    eventStore,
    category: 'counter',
    decider,
    parse,
    clock: systemClock,
    ids: createUuidV7Ids(systemClock),
    ...changes,
  });

beforeEach(() => {
  evolved = 0;
  eventStore = createMemoryEventStore();
});

describe('a repository', () => {
  it('loads, decides and saves; a refusal stores nothing', async () => {
    const repository = open();
    expect(await repository.execute(acme, '1', { type: 'Count', by: 7 }, context)).toMatchObject({
      accepted: true,
      version: 1,
    });
    expect(await repository.execute(acme, '1', { type: 'Count', by: 994 }, context)).toEqual({
      accepted: false,
      rejection: 'too_many',
      version: 1,
    });
    const counter = await repository.load(acme, '1');
    expect([counter.state, counter.version, counter.uncommitted]).toEqual([7, 1, []]);
    expect(await repository.save(counter, context)).toBeNull();
    const [stored] = (await eventStore.readStream(counter.stream)).events;
    expect(stored).toMatchObject({ type: 'Counted', schemaVersion: 1, actor: 'ada', correlationId: 'request-1' });
  });

  it('keeps uncommitted events until they are stored', async () => {
    const repository = open();
    const [mine, theirs] = [await repository.load(acme, '1'), await repository.load(acme, '1')];
    mine.execute({ type: 'Count', by: 1 });
    mine.execute({ type: 'Count', by: 2 });
    theirs.execute({ type: 'Count', by: 3 });
    expect(await repository.save(theirs, context)).toMatchObject({ version: 1 });
    expect(theirs.uncommitted).toEqual([]);
    await expect(repository.save(mine, context)).rejects.toMatchObject({ code: 'WRONG_EXPECTED_VERSION' });
    expect(mine.uncommitted).toHaveLength(2);
    expect([mine.state, mine.version]).toEqual([3, 0]);
  });

  it('lets everybody who races decide again', async () => {
    const repository = open();
    const commands = Array.from({ length: 4 }, () => repository.execute(acme, '1', { type: 'Count', by: 1 }, context));
    await Promise.all(commands);
    expect((await repository.load(acme, '1')).state).toBe(4);
  });

  it('stores once what is saved again after a lost answer', async () => {
    const honest = eventStore;
    let lost = 0;
    eventStore = {
      ...honest,
      readStream: (...args) => honest.readStream(...args),
      append: async (...args) => {
        const answer = await honest.append(...args);
        if (lost++ === 0) throw new PortFailure('OUTCOME_UNKNOWN', 'the answer was lost');
        return answer;
      },
    };
    const repository = open();
    const counter = await repository.load(acme, '1');
    counter.execute({ type: 'Count', by: 5 });
    await expect(repository.save(counter, context)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(counter.uncommitted).toHaveLength(1);
    expect(await repository.save(counter, context)).toEqual({ version: 1, position: 1, replayed: true });
    expect(counter.uncommitted).toEqual([]);
    expect((await repository.load(acme, '1')).state).toBe(5);
  });
});

describe('snapshots', () => {
  const snapshots = (schemaVersion = 1): SnapshotPolicy<number> => ({
    store,
    everyEvents: 10,
    schemaVersion,
    encode: (state) => state,
    decode: (state) => (typeof state === 'number' ? state : null),
  });
  let store = createMemorySnapshotStore();
  const loadsWith = async (policy: SnapshotPolicy<number> | null) => {
    const repository = open(policy === null ? {} : { snapshots: policy });
    evolved = 0;
    expect(await repository.load(acme, '1')).toMatchObject({ state: 25, version: 25 });
    return evolved;
  };

  beforeEach(async () => {
    store = createMemorySnapshotStore();
    const repository = open({ snapshots: snapshots() });
    for (let count = 0; count < 25; count++) await repository.execute(acme, '1', { type: 'Count', by: 1 }, context);
  });

  it('save the events before them, and are made every so many', async () => {
    expect(await loadsWith(snapshots())).toBe(5);
    expect(await loadsWith(null)).toBe(25);
  });

  it('of another shape, damaged, or of another log are ignored', async () => {
    expect(await loadsWith(snapshots(2))).toBe(25);
    const stream = { organizationId: acme, category: 'counter', id: '1' };
    await store.save(stream, { version: 26, schemaVersion: 1, state: 'damaged' });
    expect(await loadsWith(snapshots())).toBe(25);
    await store.save(stream, { version: 99, schemaVersion: 1, state: 12 });
    expect(await loadsWith(snapshots())).toBe(25);
  });

  it('that cannot be kept fail nothing', async () => {
    const failures: unknown[] = [];
    const away = { load: async () => null, save: () => Promise.reject(new Error('away')) };
    const repository = open({
      snapshots: { ...snapshots(), store: away },
      onSnapshotFailure: (error) => failures.push(error),
    });
    expect(await repository.execute(acme, '2', { type: 'Count', by: 1 }, context)).toMatchObject({ version: 1 });
    for (let count = 0; count < 9; count++) await repository.execute(acme, '2', { type: 'Count', by: 1 }, context);
    expect(failures).toHaveLength(1);
  });
});
