// Follows a log and keeps the tables of a projection up to it; any number of processes may do so at once.

import { setImmediate } from 'node:timers/promises';
import { singleFlight, type LogPage, type LogSource, type RecordedEvent } from '@paystrata/application';
import type { ReadsDatabase, ReadsSession } from '../database/reads-database.ts';
import { Generations, type Generation } from './generations.ts';
import { partsOf } from './parts-of.ts';
import { isTableGone, notStarted, supplanted } from './projection-failures.ts';
import { sessionOn, type Projection, type ProjectionSession } from './projection.ts';

export interface ProjectorOptions {
  readonly source: LogSource;
  readonly database: ReadsDatabase;
  readonly projection: Projection;
  /** Events a transaction. */
  readonly pageSize?: number;
}

export interface RebuildOptions {
  /** Told up to where the new tables are. */
  readonly onMoved: (position: number) => void;
  /** Throws where the new tables are not what the log says: then the old ones stay. */
  readonly check: (
    read: <T>(work: (session: ProjectionSession) => Promise<T>) => Promise<T>,
    catchUp: () => Promise<void>,
  ) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** Projected without a break, about 20 ms; then others have their turn. */
const PAGE_SIZE = 500;

export class Projector {
  readonly #source: LogSource;
  readonly #database: ReadsDatabase;
  readonly #projection: Projection;
  readonly #generations: Generations;
  readonly #pageSize: number;
  #known: Generation | null = null;
  /** The generation that a rebuild of this process fills. */
  #building: number | null = null;
  /** Up to here the log has nothing that the known generation lacks: what others write there is no event of payments. */
  #looked: { readonly generation: number; readonly position: number } = { generation: 0, position: 0 };

  /** Projects the log to its end as it is when this is called, or later. */
  readonly catchUp = singleFlight(() => this.#catchUp());

  constructor({ source, database, projection, pageSize = PAGE_SIZE }: ProjectorOptions) {
    this.#source = source;
    this.#database = database;
    this.#projection = projection;
    this.#generations = new Generations(projection, database.dialect);
    this.#pageSize = pageSize;
  }

  /** Begins anew where what is there was made by another release, or from another log. */
  async start(): Promise<void> {
    await this.#database.transaction((session) => this.#generations.prepare(session));
    const known = await this.#database.snapshot((session) => this.#generations.current(session));
    this.#known = (await this.#isOfThisLog(known)) ? known : await this.#beginAnew(known?.number ?? null);
    const keep = this.#known?.number ?? 0;
    await this.#database.transaction(async (session) => {
      await this.#generations.lock(session);
      await this.#generations.dropOthers(session, keep, { all: false });
    });
  }

  /** Up to where the tables are known to have the log: they may be further, but not behind. */
  position(): number {
    const { number, position } = this.#known ?? { number: 0, position: 0 };
    return this.#looked.generation === number ? Math.max(position, this.#looked.position) : position;
  }

  /** Asks the tables, all of one moment; `upTo` is what they contain. */
  async read<T>(work: (session: ProjectionSession, upTo: Generation) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#database.snapshot(async (session) => {
          const generation = await this.#generations.current(session);
          if (generation === null) throw notStarted(this.#projection.name);
          this.#know(generation);
          return work(sessionOn(session, this.#database.dialect, generation.number), generation);
        });
      } catch (error) {
        // Another process has put a new generation in its place between two statements.
        if (attempt >= 3 || !isTableGone(error)) throw error;
      }
    }
  }

  /** Changes tables of the current generation apart from the log, while nobody else writes to them. */
  async change<T>(work: (session: ProjectionSession, upTo: Generation) => Promise<T>): Promise<T> {
    return this.#database.transaction(async (session) => {
      await this.#generations.lock(session);
      const current = await this.#generations.current(session);
      const locked = current && (await this.#generations.lockCheckpoint(session, current.number));
      if (locked === null) throw notStarted(this.#projection.name);
      return work(sessionOn(session, this.#database.dialect, locked.number), locked);
    });
  }

  /**
   * Projects the whole log into new tables beside the old ones, which go on being read and written; then the new ones
   * take their place, once `check` agrees.
   */
  async rebuild({ onMoved, check, signal }: RebuildOptions): Promise<void> {
    let next = await this.#database.transaction(async (session) => {
      await this.#generations.lock(session);
      return this.#generations.create(session, this.#source.epoch());
    });
    const { number } = next;
    this.#building = number;
    try {
      const follow = async () => {
        next = await this.#follow(next, (position) => {
          signal?.throwIfAborted();
          onMoved(position);
        });
        if (next.number !== number) throw supplanted(this.#projection.name);
      };
      await follow();
      await check(
        (work) => this.#database.snapshot((session) => work(sessionOn(session, this.#database.dialect, number))),
        follow,
      );
      do await follow();
      while (!(await this.#swap(next)));
    } catch (error) {
      this.#building = null;
      await this.#discard(number);
      throw error;
    }
    this.#building = null;
    this.#known = next;
    await this.#database.transaction(async (session) => {
      await this.#generations.lock(session);
      const current = await this.#generations.current(session);
      if (current !== null) await this.#generations.dropOthers(session, current.number, { all: true });
    });
  }

  /** Unless it answers already: a swap may have been done although its answer was lost. */
  async #discard(number: number): Promise<void> {
    await this.#database.transaction(async (session) => {
      await this.#generations.lock(session);
      const current = await this.#generations.current(session);
      if (current?.number !== number) await this.#generations.drop(session, number);
    });
  }

  async #catchUp(): Promise<void> {
    const known = this.#known;
    if (known === null) throw notStarted(this.#projection.name);
    if (known.epoch !== this.#source.epoch()) this.#known = await this.#beginAnew(known.number);
    const current = await this.#database.snapshot((session) => this.#generations.current(session));
    if (current === null) throw notStarted(this.#projection.name);
    this.#know(current);
    // Where others write faster than this projects, the end would never be reached: the head of now is enough.
    const { events } = await this.#source.readAll({ direction: 'backward', from: null, limit: 1 });
    await this.#follow(current, () => undefined, events[0]?.position);
  }

  /** Page by page to the end, or a position; what another process has done meanwhile is not done again. */
  async #follow(
    generation: Generation,
    onMoved: (position: number) => void,
    upTo: number = Infinity,
  ): Promise<Generation> {
    let at = generation;
    for (;;) {
      const { events, end, next } = await this.#page(at.position);
      for (const part of partsOf(events)) {
        at = await this.#database.transaction((session) => this.#project(session, at, part));
        if (at.number === this.#known?.number) this.#know(at);
        onMoved(at.position);
        // The tables were replaced by others, which may have less of the log.
        if (at.position < (part.at(-1)?.position ?? 0)) break;
      }
      if (end) {
        if (at.position >= (events.at(-1)?.position ?? 0)) this.#looked = { generation: at.number, position: next };
        return at;
      }
      if (at.position >= upTo) return at;
      await setImmediate();
    }
  }

  #page(after: number): Promise<LogPage> {
    return this.#source.readAll({ direction: 'forward', from: after === 0 ? null : after, limit: this.#pageSize });
  }

  async #project(session: ReadsSession, at: Generation, events: readonly RecordedEvent[]): Promise<Generation> {
    const locked = await this.#generations.lockCheckpoint(session, at.number);
    // Between a swap and the drop, the old tables are still there, and nobody reads them.
    const current = at.number === this.#building ? null : await this.#generations.current(session);
    if (locked === null || (current !== null && current.number !== at.number)) return this.#moved(session);
    const rest = events.filter(({ position }) => position > locked.position);
    const last = rest.at(-1);
    if (last === undefined) return locked;
    await this.#projection.project(sessionOn(session, this.#database.dialect, at.number), rest);
    await this.#generations.moveCheckpoint(session, at.number, last.position, last.eventId);
    return { ...locked, position: last.position, eventId: last.eventId };
  }

  /** The tables were replaced: go on with those that took their place. */
  async #moved(session: ReadsSession): Promise<Generation> {
    const current = await this.#generations.current(session);
    if (current === null) throw notStarted(this.#projection.name);
    this.#known = current;
    return current;
  }

  /** @returns false where the old tables have gone further meanwhile. */
  async #swap(next: Generation): Promise<boolean> {
    return this.#database.transaction(async (session) => {
      await this.#generations.lock(session);
      const current = await this.#generations.current(session);
      const old = current && (await this.#generations.lockCheckpoint(session, current.number));
      const filled = await this.#generations.lockCheckpoint(session, next.number);
      if (filled === null) throw supplanted(this.#projection.name);
      if (old !== null && old.epoch === filled.epoch && old.position > filled.position) return false;
      await this.#generations.appoint(session, filled.number);
      return true;
    });
  }

  /** A new generation that answers at once, so only what was projected into it: reads wait for that. */
  async #beginAnew(instead: number | null): Promise<Generation> {
    return this.#database.transaction(async (session) => {
      await this.#generations.lock(session);
      const current = await this.#generations.current(session);
      // Another process may have been faster.
      if (current !== null && current.number !== instead) return current;
      const made = await this.#generations.create(session, this.#source.epoch());
      await this.#generations.appoint(session, made.number);
      await this.#generations.dropOthers(session, made.number, { all: true });
      return made;
    });
  }

  /** A log that was put back to an earlier state goes on differently: then its event at that place is another one. */
  async #isOfThisLog(known: Generation | null): Promise<boolean> {
    if (known === null || known.version !== this.#projection.version || known.epoch !== this.#source.epoch()) {
      return false;
    }
    if (known.position === 0) return true;
    const from = known.position === 1 ? null : known.position - 1;
    const { events } = await this.#source.readAll({ direction: 'forward', from, limit: 1 });
    return events[0]?.position === known.position && events[0].eventId === known.eventId;
  }

  #know(found: Generation): void {
    const known = this.#known;
    if (known === null || found.number !== known.number || found.position > known.position) this.#known = found;
  }
}
