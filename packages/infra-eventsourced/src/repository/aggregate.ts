// An aggregate: the fold of a stream's events, and the events that were decided and are not stored yet.

import type { JsonObject, NewEvent, StreamName } from '@paystrata/application';

/** A fact of a team's own domain; its data is kept as JSON. */
export interface DomainEvent {
  readonly type: string;
  readonly data: JsonObject;
}

/** What a decision came to: facts, or a refusal, which is a value. */
export type Decided<Event, Refusal> =
  | { readonly accepted: true; readonly events: readonly Event[] }
  | { readonly accepted: false; readonly rejection: Refusal };

/** Pure functions: they read no clock, make no ids and do no I/O. */
export interface Decider<State, Command, Event extends DomainEvent, Refusal> {
  readonly initialState: State;
  evolve(state: State, event: Event): State;
  decide(command: Command, state: State): Decided<Event, Refusal>;
}

/** An aggregate in the hands of one caller. */
export interface Aggregate<State, Command, Event extends DomainEvent, Refusal> {
  readonly stream: StreamName;
  /** With the uncommitted events. */
  readonly state: State;
  /** Of the stream, as it was loaded or stored last. */
  readonly version: number;
  /** Decided and not stored: they stay until `save` has stored them, also where it fails. */
  readonly uncommitted: readonly Event[];
  /** Decides upon the state; what comes of it is in `state` at once, and uncommitted. */
  execute(command: Command): Decided<Event, Refusal>;
}

export class LoadedAggregate<State, Command, Event extends DomainEvent, Refusal> implements Aggregate<
  State,
  Command,
  Event,
  Refusal
> {
  readonly stream: StreamName;
  readonly #decider: Decider<State, Command, Event, Refusal>;
  #state: State;
  #version: number;
  #uncommitted: readonly Event[] = [];
  #prepared: readonly NewEvent[] = [];
  /** Of the snapshot it was loaded from; 0 where there was none. */
  snapshotVersion: number;

  constructor(stream: StreamName, decider: Decider<State, Command, Event, Refusal>, loaded: Loaded<State>) {
    this.stream = stream;
    this.#decider = decider;
    this.#state = loaded.state;
    this.#version = loaded.version;
    this.snapshotVersion = loaded.snapshotVersion;
  }

  get state(): State {
    return this.#state;
  }

  get version(): number {
    return this.#version;
  }

  get uncommitted(): readonly Event[] {
    return this.#uncommitted;
  }

  /** The uncommitted events as they are stored: the same however often it is tried, so that they are stored once. */
  prepared(prepare: (event: Event) => NewEvent): readonly NewEvent[] {
    this.#prepared = [...this.#prepared, ...this.#uncommitted.slice(this.#prepared.length).map(prepare)];
    return this.#prepared;
  }

  execute(command: Command): Decided<Event, Refusal> {
    const decided = this.#decider.decide(command, this.#state);
    if (decided.accepted) {
      this.#state = decided.events.reduce((state, event) => this.#decider.evolve(state, event), this.#state);
      this.#uncommitted = [...this.#uncommitted, ...decided.events];
    }
    return decided;
  }

  /** The first so many uncommitted events are stored. */
  committed(count: number, version: number): void {
    this.#uncommitted = this.#uncommitted.slice(count);
    this.#prepared = this.#prepared.slice(count);
    this.#version = version;
  }
}

export interface Loaded<State> {
  readonly state: State;
  readonly version: number;
  readonly snapshotVersion: number;
}
