// A projection: a view that follows the log at its own pace, and can be paused, resumed and rebuilt while it answers.

import { setImmediate as breakFor } from 'node:timers/promises';
import { createHistogram } from 'node:perf_hooks';
import {
  PortFailure,
  type Clock,
  type Logger,
  type MaintenanceOptions,
  type PaymentKey,
  type PaymentStore,
  type RecordedEvent,
} from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import type { LogFeed } from '../event-bus/log-feed.ts';
import type { FoldedDocuments } from './folded-documents.ts';
import { Folding } from './folding.ts';
import { PositionWaiters } from './position-waiters.ts';
import type { ProjectionControl, ProjectionStatus } from './projection-control.ts';
import type { View } from './view.ts';

/** Milliseconds of projecting without a break. */
const SLICE_MS = 4;
/** Events that a rebuild reads at a time. */
const REBUILD_PAGE = 1000;

export interface ProjectionParts {
  readonly source: Pick<PaymentStore, 'readAll'>;
  readonly feed: LogFeed;
  readonly documents: FoldedDocuments;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Events that are taken in at a time. */
  readonly bulkSize: number;
  /** False for what may not be projected any more, because its organization was dropped. */
  readonly isKept: (event: RecordedEvent) => boolean;
}

export class Projection<V extends View> implements ProjectionControl {
  readonly name: string;
  readonly #createView: () => V;
  readonly #parts: ProjectionParts;
  readonly #waiters: PositionWaiters;
  #lags = createHistogram();
  #live: Folding<V>;
  #next: Folding<V> | null = null;
  #generation = 0;
  #paused = false;
  #problem: string | null = null;
  #running = false;
  #rebuilding: Promise<unknown> = Promise.resolve();

  constructor(name: string, createView: () => V, parts: ProjectionParts) {
    this.name = name;
    this.#createView = createView;
    this.#parts = parts;
    this.#waiters = new PositionWaiters(parts.clock);
    this.#live = new Folding(createView());
    parts.feed.follow(() => this.#wake());
  }

  /** What answers now. */
  get view(): V {
    return this.#live.view;
  }

  get checkpoint(): number {
    return this.#live.position;
  }

  /** Another one, and answers of before may be made of a view that was replaced or repaired. */
  get generation(): number {
    return this.#generation;
  }

  /** The last event of the organization that its answers contain; 0 where there is none. */
  positionOf(organizationId: OrganizationId): number {
    return this.#live.positionOf(organizationId);
  }

  status(): ProjectionStatus {
    const { feed, clock } = this.#parts;
    const { name, checkpoint } = this;
    const lag = Math.max(0, feed.head - checkpoint);
    const lagMs = lag === 0 ? 0 : Math.max(0, clock.now() - feed.committedAt(checkpoint + 1));
    const lagP99Ms = this.#lags.count === 0 ? 0 : this.#lags.percentile(99) - 1;
    const rebuilding = this.#next !== null;
    return { name, checkpoint, lag, lagMs, lagP99Ms, paused: this.#paused, rebuilding, problem: this.#problem };
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#problem = null;
    this.#wake();
  }

  /** @throws PortFailure `POSITION_TIMEOUT` where it did not come to the position in time, `STORE_UNAVAILABLE` at a stop. */
  reach(position: number, timeoutMs: number): Promise<void> {
    if (this.checkpoint >= position) return Promise.resolve();
    return this.#waiters.wait(position, timeoutMs, `projection ${this.name} did not reach position ${position}`);
  }

  rebuild(options: MaintenanceOptions = {}): Promise<number> {
    const rebuilt = this.#rebuilding.then(() => this.#rebuild(options));
    this.#rebuilding = rebuilt.catch(() => undefined);
    return rebuilt;
  }

  /** Puts a payment right; null takes it out. */
  mend(key: PaymentKey, document: Parameters<V['apply']>[0] | null): void {
    this.view.remove(key);
    if (document !== null) this.view.apply(document);
    this.#generation += 1;
  }

  /** @returns whether there was something to take out. */
  purge(key: PaymentKey): boolean {
    const [live, next] = [this.#live.purge(key), this.#next?.purge(key)];
    return live || next === true;
  }

  drop(organizationId: OrganizationId): void {
    this.#live.drop(organizationId);
    this.#next?.drop(organizationId);
  }

  /** Begins with nothing; whoever waits fails with the failure. */
  clear(failure: PortFailure): void {
    this.#live = new Folding(this.#createView());
    this.#next = null;
    this.#lags = createHistogram();
    this.#paused = false;
    this.#problem = null;
    this.#waiters.fail(failure);
  }

  #wake(): void {
    if (this.#running || this.#paused || this.#problem !== null || this.#live.position >= this.#parts.feed.released) {
      return;
    }
    this.#running = true;
    setImmediate(() => void this.#run());
  }

  async #run(): Promise<void> {
    const live = this.#live;
    try {
      await this.#follow(live);
    } catch (error) {
      if (live === this.#live) this.#fail(error);
    } finally {
      this.#running = false;
      this.#wake();
    }
  }

  async #follow(live: Folding<V>): Promise<void> {
    const { feed, bulkSize } = this.#parts;
    let until = performance.now() + SLICE_MS;
    while (live === this.#live && !this.#paused && live.position < feed.released) {
      await this.#takePage(live, bulkSize, feed.released);
      if (live !== this.#live) return;
      this.#waiters.reached(live.position);
      if (performance.now() < until) continue;
      await breakFor();
      until = performance.now() + SLICE_MS;
    }
  }

  /** Up to `last` and no further. */
  async #takePage(folding: Folding<V>, limit: number, last: number): Promise<void> {
    const { source, documents, isKept } = this.#parts;
    const { erasures } = documents;
    const page = await source.readAll({ direction: 'forward', from: folding.position, limit });
    if (erasures !== documents.erasures) return;
    const isWhole = (page.events.at(-1)?.position ?? 0) <= last;
    const events = page.events.filter((event) => event.position <= last && isKept(event));
    if (folding !== this.#live) folding.takeAll(events, documents);
    for (const event of folding === this.#live ? events : []) {
      folding.take(event, documents);
      this.#noteLag(event.position);
    }
    // What lies between, where there is no event, belonged to organizations that were dropped.
    folding.position = isWhole ? Math.max(folding.position, Math.min(page.next, last)) : last;
  }

  async #rebuild({ onProgress, signal }: MaintenanceOptions): Promise<number> {
    const next = new Folding(this.#createView());
    const replaced = this.#live;
    this.#next = next;
    try {
      while (next.position < this.#live.position) {
        signal?.throwIfAborted();
        if (this.#next !== next || this.#live !== replaced) throw unavailable(this.name);
        await this.#takePage(next, REBUILD_PAGE, this.#live.position);
        onProgress?.({ done: next.position, total: this.#live.position });
        if (next.position < this.#live.position) await breakFor();
      }
      if (this.#next !== next) throw unavailable(this.name);
      this.#live = next;
      this.#generation += 1;
      this.#problem = null;
    } finally {
      if (this.#next === next) this.#next = null;
    }
    this.#wake();
    return next.view.size();
  }

  #noteLag(position: number): void {
    const { clock, feed } = this.#parts;
    // The histogram takes whole numbers from 1.
    this.#lags.record(Math.max(0, Math.round(clock.now() - feed.committedAt(position))) + 1);
  }

  #fail(error: unknown): void {
    this.#problem = error instanceof Error ? error.message : String(error);
    this.#parts.logger.error({ error, projection: this.name }, 'a projection stands still');
  }
}

function unavailable(name: string): PortFailure {
  return new PortFailure('STORE_UNAVAILABLE', `the strategy stopped while projection ${name} was rebuilt`);
}
