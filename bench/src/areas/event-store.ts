// The event store in memory, beside Emmett's and beside a bare map of lists; and an aggregate with and without snapshots.

import { getInMemoryEventStore } from '@event-driven-io/emmett';
import {
  createUuidV7Ids,
  instantOf,
  parseOrganizationId,
  systemClock,
  type JsonValue,
  type NewEvent,
  type StreamName,
} from '@paystrata/application';
import {
  createMemoryEventStore,
  createMemorySnapshotStore,
  createRepository,
  type Decider,
  type SnapshotPolicy,
} from '@paystrata/infra-eventsourced';
import { compare, type ComparisonResult, type Contender } from '../harness/compare.ts';

const acme = parseOrganizationId('acme');
if (acme === undefined) throw new Error('not an organization');
const organizationId = acme;
const ids = createUuidV7Ids(systemClock);

function streamNames(count: number): StreamName[] {
  return Array.from({ length: count }, (_, index) => ({ organizationId, category: 'invoice', id: `invoice-${index}` }));
}

function newEvents(count: number): NewEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    eventId: ids.next(),
    type: 'LineAdded',
    schemaVersion: 1,
    timestamp: instantOf(1_760_000_000_000 + index),
    actor: 'bench',
    userId: null,
    correlationId: 'bench',
    causationId: null,
    data: { line: index, text: 'a line of a bill' },
    metadata: {},
  }));
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error(`nothing at ${index}`);
  return found;
}

function ours(streams: number, total: number): Contender {
  return {
    name: `our event store in memory, ${streams} streams`,
    prepare: () => {
      const store = createMemoryEventStore();
      const [names, events] = [streamNames(streams), newEvents(total)];
      return {
        run: async () => {
          for (let index = 0; index < total; index++) await store.append(at(names, index), [at(events, index)], 'any');
          return total;
        },
      };
    },
  };
}

/** What it takes at the least: the event with its place is made and kept; nothing is checked, anybody can change it. */
function bareMap(streams: number, total: number): Contender {
  return {
    name: `a bare Map and push, behind an async function, ${streams} streams`,
    prepare: () => {
      const store = new Map<string, object[]>();
      const [names, events] = [streamNames(streams), newEvents(total)];
      let position = 0;
      const append = async (id: string, event: NewEvent) => {
        let list = store.get(id);
        if (list === undefined) store.set(id, (list = []));
        position++;
        list.push({ ...event, version: list.length + 1, position });
        return { version: list.length, position };
      };
      return {
        run: async () => {
          for (let index = 0; index < total; index++) await append(at(names, index).id, at(events, index));
          return total;
        },
      };
    },
  };
}

/** Its cost grows with the streams there are: all of them are there before the clock starts, once for all rounds. */
async function filledEmmett(names: readonly StreamName[]) {
  const store = getInMemoryEventStore();
  for (const { id } of names) await store.appendToStream(id, [{ type: 'LineAdded', data: { line: 0 } }]);
  return store;
}

function emmett(streams: number, total: number): Contender {
  const names = streamNames(streams);
  let filled: ReturnType<typeof filledEmmett> | null = null;
  return {
    name: `Emmett 0.42 in memory, ${streams} streams`,
    prepare: async () => {
      const store = await (filled ??= filledEmmett(names));
      return {
        run: async () => {
          for (let index = 0; index < total; index++) {
            const data = { line: index, text: 'a line of a bill' };
            await store.appendToStream(at(names, index * 7919).id, [{ type: 'LineAdded', data }]);
          }
          return total;
        },
      };
    },
  };
}

interface Line {
  readonly type: 'LineAdded';
  readonly data: { readonly line: number };
}

const decider: Decider<number, number, Line, never> = {
  initialState: 0,
  evolve: (sum, { data }) => sum + data.line,
  decide: (line) => ({ accepted: true, events: [{ type: 'LineAdded', data: { line } }] }),
};

/** Loads an aggregate of a thousand events again and again. */
function loads(name: string, snapshots: { readonly snapshots?: SnapshotPolicy<number> }): Contender {
  return {
    name,
    prepare: async () => {
      const repository = createRepository({
        eventStore: createMemoryEventStore(),
        category: 'invoice',
        decider,
        parse: ({ data }): Line => ({ type: 'LineAdded', data: { line: Number(data['line']) } }),
        clock: systemClock,
        ids,
        ...snapshots,
      });
      const context = { actor: 'bench', correlationId: 'bench' };
      for (let line = 0; line < 1000; line++) await repository.execute(organizationId, '1', line, context);
      return {
        run: async () => {
          for (let time = 0; time < LOADS; time++) await repository.load(organizationId, '1');
          return LOADS;
        },
      };
    },
  };
}

const LOADS = 500;

function snapshotsEvery(everyEvents: number): { readonly snapshots: SnapshotPolicy<number> } {
  const decode = (state: JsonValue) => (typeof state === 'number' ? state : null);
  const store = createMemorySnapshotStore();
  return { snapshots: { store, everyEvents, schemaVersion: 1, encode: (state) => state, decode } };
}

export async function benchEventStore(): Promise<readonly ComparisonResult[]> {
  const results: ComparisonResult[] = [];
  for (const [streams, total, peers] of [
    [5000, 100_000, 2000],
    [100_000, 200_000, 200],
  ] as const) {
    results.push(
      await compare({
        title: `event store in memory, one append after the other, ${streams} streams`,
        unit: 'appends',
        contenders: [ours(streams, total), bareMap(streams, total), emmett(streams, peers)],
        rounds: 5,
      }),
    );
  }
  results.push(
    await compare({
      title: 'an aggregate of 1,000 events, loaded',
      unit: 'loads',
      contenders: [loads('with a snapshot every 100 events', snapshotsEvery(100)), loads('from all of its events', {})],
      rounds: 5,
    }),
  );
  return results;
}
