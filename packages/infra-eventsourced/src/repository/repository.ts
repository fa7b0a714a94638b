// Aggregates over an event store: loaded from their events, or from a snapshot and the events after it.

import {
  PortFailure,
  type Appended,
  type Clock,
  type EventStore,
  type EventTypes,
  type Ids,
  type JsonValue,
  type OrganizationId,
  type SnapshotStore,
  type StreamEvent,
  type StreamName,
} from '@paystrata/application';
import { LoadedAggregate, type Aggregate, type Decided, type Decider, type DomainEvent } from './aggregate.ts';

export interface SnapshotPolicy<State> {
  readonly store: SnapshotStore;
  /** A snapshot is kept once so many events came since the last one. */
  readonly everyEvents: number;
  /** The version of the shape of the state: raise it when `State` or `evolve` changes, and old snapshots are ignored. */
  readonly schemaVersion: number;
  readonly encode: (state: State) => JsonValue;
  /** Null where it is no state: then the events are read. */
  readonly decode: (state: JsonValue) => State | null;
}

export interface RepositoryOptions<State, Command, Event extends DomainEvent, Refusal> {
  readonly eventStore: EventStore;
  /** Of the streams: `[a-z][a-z0-9-]{0,31}`. */
  readonly category: string;
  readonly decider: Decider<State, Command, Event, Refusal>;
  /** What a stored event is to the decider, or null where it is none of its events. */
  readonly parse: (event: StreamEvent) => Event | null;
  /** The versions that are written; 1 for a type that is not named. */
  readonly types?: EventTypes;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly snapshots?: SnapshotPolicy<State>;
  /** Told when a snapshot could not be kept: the events are stored all the same. */
  readonly onSnapshotFailure?: (error: unknown) => void;
}

/** Who acts, and why. */
export interface AppendContext {
  readonly actor: string;
  readonly userId?: string | null;
  readonly correlationId: string;
  readonly causationId?: string | null;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface Repository<State, Command, Event extends DomainEvent, Refusal> {
  /** One without events is in its initial state, at version 0. */
  load(organizationId: OrganizationId, id: string): Promise<Aggregate<State, Command, Event, Refusal>>;
  /**
   * Stores the uncommitted events at the version that was loaded; null where there are none. Where it fails they stay,
   * with their ids: after `OUTCOME_UNKNOWN` the same save stores them once.
   *
   * @throws PortFailure `WRONG_EXPECTED_VERSION` where somebody else was first: load and decide again.
   */
  save(aggregate: Aggregate<State, Command, Event, Refusal>, context: AppendContext): Promise<Appended | null>;
  /** Loads, decides and saves; who loses a race decides again, five times. */
  execute(
    organizationId: OrganizationId,
    id: string,
    command: Command,
    context: AppendContext,
  ): Promise<Decided<Event, Refusal> & { readonly version: number }>;
}

const ATTEMPTS = 6;
const PAGE = 1000;

export function createRepository<State, Command, Event extends DomainEvent, Refusal = never>(
  options: RepositoryOptions<State, Command, Event, Refusal>,
): Repository<State, Command, Event, Refusal> {
  return new StreamRepository(options);
}

class StreamRepository<State, Command, Event extends DomainEvent, Refusal> implements Repository<
  State,
  Command,
  Event,
  Refusal
> {
  readonly #options: RepositoryOptions<State, Command, Event, Refusal>;
  readonly #loaded = new WeakMap<object, LoadedAggregate<State, Command, Event, Refusal>>();

  constructor(options: RepositoryOptions<State, Command, Event, Refusal>) {
    this.#options = options;
  }

  async load(organizationId: OrganizationId, id: string): Promise<LoadedAggregate<State, Command, Event, Refusal>> {
    const stream = { organizationId, category: this.#options.category, id };
    return this.#load(stream, await this.#snapshot(stream));
  }

  async save(aggregate: Aggregate<State, Command, Event, Refusal>, context: AppendContext): Promise<Appended | null> {
    const loaded = this.#loaded.get(aggregate);
    if (loaded === undefined) throw new TypeError('this aggregate was not loaded by this repository');
    const { eventStore, types = {}, clock, ids } = this.#options;
    const { uncommitted, stream, version } = loaded;
    if (uncommitted.length === 0) return null;
    const timestamp = clock.now();
    const { actor, userId = null, correlationId, causationId = null, metadata = {} } = context;
    const events = loaded.prepared(({ type, data }) => ({
      ...{ eventId: ids.next(), type, schemaVersion: types[type]?.version ?? 1, timestamp },
      ...{ actor, userId, correlationId, causationId, data, metadata },
    }));
    const appended = await eventStore.append(stream, events, version);
    loaded.committed(events.length, appended.version);
    await this.#keepSnapshot(loaded);
    return appended;
  }

  async execute(organizationId: OrganizationId, id: string, command: Command, context: AppendContext) {
    for (let attempt = 1; ; attempt++) {
      const aggregate = await this.load(organizationId, id);
      const decided = aggregate.execute(command);
      try {
        await this.save(aggregate, context);
        return { ...decided, version: aggregate.version };
      } catch (error) {
        const lost = error instanceof PortFailure && error.code === 'WRONG_EXPECTED_VERSION';
        if (!lost || attempt === ATTEMPTS) throw error;
      }
    }
  }

  async #load(
    stream: StreamName,
    snapshot: { readonly state: State; readonly version: number } | null,
  ): Promise<LoadedAggregate<State, Command, Event, Refusal>> {
    const { eventStore, decider, parse } = this.#options;
    let state = snapshot?.state ?? decider.initialState;
    let version = snapshot?.version ?? 0;
    for (;;) {
      const page = await eventStore.readStream(stream, { from: version + 1, limit: PAGE });
      // A snapshot of what is not in the log is one of another log.
      if (page.streamVersion < version) return this.#load(stream, null);
      for (const stored of page.events) {
        const event = parse(stored);
        if (event !== null) state = decider.evolve(state, event);
        version = stored.version;
      }
      if (page.end) break;
    }
    const snapshotVersion = snapshot?.version ?? 0;
    const aggregate = new LoadedAggregate(stream, decider, { state, version, snapshotVersion });
    this.#loaded.set(aggregate, aggregate);
    return aggregate;
  }

  async #snapshot(stream: StreamName): Promise<{ readonly state: State; readonly version: number } | null> {
    const { snapshots } = this.#options;
    const found = (await snapshots?.store.load(stream)) ?? null;
    if (snapshots === undefined || found?.schemaVersion !== snapshots.schemaVersion) return null;
    const state = snapshots.decode(found.state);
    return state === null ? null : { state, version: found.version };
  }

  async #keepSnapshot(aggregate: LoadedAggregate<State, Command, Event, Refusal>): Promise<void> {
    const { snapshots, onSnapshotFailure } = this.#options;
    const { stream, state, version, snapshotVersion, uncommitted } = aggregate;
    if (snapshots === undefined || uncommitted.length > 0 || version - snapshotVersion < snapshots.everyEvents) return;
    try {
      const { store, schemaVersion, encode } = snapshots;
      await store.save(stream, { version, schemaVersion, state: encode(state) });
      aggregate.snapshotVersion = version;
    } catch (error) {
      onSnapshotFailure?.(error);
    }
  }
}
