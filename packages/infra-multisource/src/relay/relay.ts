// Brings the log to one source: in order, in batches, at least once, and again from where a source that lost it stands.

import {
  createSubscription,
  PortFailure,
  type Clock,
  type DeadLetter,
  type Delivery,
  type Logger,
  type LogSource,
  type RecordedEvent,
  type Subscription,
  type SubscriptionSignal,
  type SubscriptionStatus,
  type SubscriptionStore,
} from '@paystrata/application';
import { messageOf } from '../guard/outage.ts';
import type { WatchedSource } from '../guard/watched-source.ts';
import type { PaymentSource, SourceBatch, SourceEvent } from '../ports/source.ts';
import type { SourceRoute } from '../routing/write-routes.ts';
import type { Built, DocumentBuilder, Swept } from './document-builder.ts';

export interface RelayOptions {
  readonly source: PaymentSource;
  readonly watched: WatchedSource;
  readonly log: LogSource;
  /** The last position of the log. */
  readonly head: () => Promise<number>;
  /** The same as far as this process knows it, without asking. */
  readonly knownHead: () => number;
  /** The very texts of these events. */
  readonly texts: (events: readonly RecordedEvent[]) => Promise<readonly SourceEvent[]>;
  readonly store: SubscriptionStore;
  readonly documents: DocumentBuilder;
  readonly route: SourceRoute;
  readonly batchSize: number;
  readonly leaseMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface RelayStatus extends SubscriptionStatus {
  /** Times that the source was waited for, and that it had to be filled from an earlier place. */
  readonly waits: number;
  readonly rewinds: number;
}

const nothingSwept: Swept = new Map();
const FIRST_PAUSE_MS = 50;
/** Subjects of which it is remembered what was swept. */
const SUBJECTS = 10_000;
/** A fault that ends is noticed within this time. */
const LONGEST_PAUSE_MS = 1000;

/**
 * A source that is away is waited for; what it refuses for good becomes a dead letter, and later events of that payment
 * wait behind it. Nothing here ever holds back a write, or another source.
 */
export class Relay {
  readonly #options: RelayOptions;
  readonly #name: string;
  readonly #subscription: Subscription;
  #stopping = new AbortController();
  #rewinding: Promise<void> | null = null;
  #running = false;
  /** What the source holds, as whoever has the lease knows; null: not known yet. */
  #held: number | null = null;
  /** Where the work began: the source must hold as much. */
  #from = 0;
  /** Of what the source holds; see `Swept`. */
  readonly #swept = new Map<string, number>();
  #waitsFor: string | null = null;
  #waited = 0;
  #rewinds = 0;

  constructor(options: RelayOptions) {
    this.#options = options;
    const { source, log, head, store, batchSize, leaseMs, clock, logger } = options;
    // The checkpoints of another life of the log are of no use.
    this.#name = `multi-source:${source.name}:${log.epoch()}`;
    this.#subscription = createSubscription<RecordedEvent>({
      name: this.#name,
      source: { readAll: (request) => log.readAll(request), head },
      store,
      handler: { batch: (events, delivery) => this.#deliver(events, delivery) },
      ...{ clock, logger, batchSize, leaseMs },
      onSignal: (signal) => this.#signalled(signal),
    });
  }

  get name(): string {
    return this.#options.source.name;
  }

  get isRunning(): boolean {
    return this.#running;
  }

  start(): void {
    if (this.#running) return;
    this.#stopping = new AbortController();
    this.#running = true;
    this.#subscription.start();
  }

  /** Finishes the batch in hand, unless its source does not answer. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#stopping.abort();
    await this.#rewinding;
    await this.#subscription.stop();
  }

  wake(): void {
    this.#subscription.wake();
  }

  /** Told of each check of the source: one that holds less than it did was emptied, or exchanged. */
  checked(held: number | null, before: number | null): void {
    const { state } = this.#subscription.status();
    if (state !== 'working' && state !== 'caughtUp') return;
    const least = before ?? this.#held ?? this.#from;
    // One that never had anything begins with the first batch.
    if (held === null ? this.#held !== null || least > 0 : held < least) this.#rewind();
  }

  status(): RelayStatus {
    const status = this.#subscription.status();
    const problem = this.#waitsFor ?? status.problem;
    return { ...status, problem, waits: this.#waited, rewinds: this.#rewinds };
  }

  measure() {
    return this.#subscription.measure();
  }

  deadLetters(after = 0, limit = 100): Promise<readonly DeadLetter[]> {
    return this.#subscription.deadLetters(after, limit);
  }

  /** Hands a dead letter to the source once more. @throws as `Subscription.replay` */
  replay(position: number): Promise<void> {
    return this.#subscription.replay(position);
  }

  discard(position: number): Promise<void> {
    return this.#subscription.discard(position);
  }

  #signalled(signal: SubscriptionSignal): void {
    if (signal.type !== 'leaseAcquired') return;
    this.#held = null;
    this.#from = signal.checkpoint;
    this.#swept.clear();
    this.#options.documents.forget();
  }

  async #deliver(events: readonly RecordedEvent[], delivery: Delivery): Promise<void> {
    const last = events.at(-1);
    if (last === undefined) return;
    const { route, documents, source, watched, knownHead } = this.#options;
    const taken = events.filter((event) => route.takes(event));
    const to = last.position;
    let built: Built | null = null;
    const held = await this.#untilDone(delivery.signal, async () => {
      this.#held ??= await this.#heldAtFirst();
      if (!delivery.replayed && (this.#held === null || this.#held < this.#from)) return this.#held;
      built = await documents.build(taken, delivery.replayed ? nothingSwept : this.#swept);
      const batch: SourceBatch = {
        from: delivery.replayed ? to - 1 : (this.#held ?? 0),
        to,
        end: Math.max(to, knownHead()),
        documents: built.documents,
        events: source.archive === null ? [] : await this.#options.texts(taken),
      };
      return watched.write('apply', () => source.apply(batch));
    });
    if (delivery.replayed) return;
    watched.holds(held);
    if (held !== null && held >= to) {
      this.#held = held;
      this.#keepSwept(built);
      return;
    }
    this.#rewind();
    throw new Error(`${this.name} holds the log up to ${held ?? 'nowhere'} only: it is filled from there`);
  }

  #keepSwept(built: Built | null): void {
    for (const [subject, position] of built?.swept ?? []) {
      this.#swept.delete(subject);
      this.#swept.set(subject, position);
    }
    for (const subject of this.#swept.keys()) {
      if (this.#swept.size <= SUBJECTS) break;
      this.#swept.delete(subject);
    }
  }

  /** A source that is new begins empty; one that ought to have something is not emptied here. */
  async #heldAtFirst(): Promise<number | null> {
    const { source, watched } = this.#options;
    const held = await watched.check();
    if (held !== null || this.#from > 0) return held;
    await source.clear();
    return 0;
  }

  /** Waits while the source is away. @throws what waiting does not mend */
  async #untilDone<T>(lost: AbortSignal, attempt: () => Promise<T>): Promise<T> {
    const { clock } = this.#options;
    const ending = AbortSignal.any([lost, this.#stopping.signal]);
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        const done = await attempt();
        this.#waitsFor = null;
        return done;
      } catch (error) {
        if (error instanceof PortFailure && !error.retryable && error.code !== 'STORE_FULL') throw error;
        this.#waitsFor = messageOf(error);
        this.#waited += 1;
        ending.throwIfAborted();
        await clock.sleep(pause, ending);
      }
    }
  }

  /** Sets the work back to what the source holds; one that has nothing of this log begins empty. */
  #rewind(): void {
    if (this.#rewinding !== null || !this.#running) return;
    this.#rewinds += 1;
    this.#swept.clear();
    this.#rewinding = this.#setBack()
      .catch((error: unknown) => {
        this.#waitsFor = messageOf(error);
      })
      .finally(() => {
        this.#rewinding = null;
        if (this.#running) this.#subscription.start();
      });
  }

  async #setBack(): Promise<void> {
    const { source, watched, store, logger } = this.#options;
    await this.#subscription.stop();
    await this.#untilDone(new AbortController().signal, async () => {
      const held = await watched.check();
      if (held === null) await source.clear();
      // Where another process has the lease by now, it finds out for itself.
      await store.reset(this.#name, held ?? 0);
      logger.warn({ source: this.name, position: held ?? 0 }, 'a source lost what it held, and is filled again');
    });
  }
}
