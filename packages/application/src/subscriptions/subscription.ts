// A catch-up subscription: hands every event of a log to a handler, in order, and remembers how far it got.

import type { PaymentKey } from '../events/recorded-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { StreamName } from '../ports/event-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { Measurement } from '../ports/strategy.ts';
import type { DeadLetter, SubscriptionStore } from '../ports/subscriptions.ts';

/** An event that can be subscribed to: of an event store, or of a strategy's log. */
export type SubscribedEvent = { readonly position: number } & ({ readonly stream: StreamName } | PaymentKey);

/** Any log that is read by position: `eventStore`, or `strategy.log`. Filters belong into it where it can do them. */
export interface SubscriptionSource<Event> {
  readAll(request: {
    readonly direction: 'forward';
    readonly from: number | null;
    readonly limit: number;
  }): Promise<{ readonly events: readonly Event[]; readonly next: number; readonly end: boolean }>;
  /** Where given, a checkpoint beyond it is refused: it is that of another log. */
  head?(): Promise<number>;
}

/** What a handler is told beside the event. */
export interface Delivery {
  readonly subscription: string;
  /**
   * The position that is stored once the handler is done. A handler that keeps it in its own transaction, together with
   * what it writes, and skips events up to what it has kept, handles each event exactly once.
   */
  readonly checkpoint: number;
  /** Grows with every owner: a resource that refuses lower ones is safe from an owner that was thought dead. */
  readonly fencingToken: number;
  /** From 1. */
  readonly attempt: number;
  /** True for a dead letter that is replayed: its position lies behind the checkpoint. */
  readonly replayed: boolean;
  /** Aborted when the lease is lost: what is not done yet, somebody else will do. */
  readonly signal: AbortSignal;
}

/** Either for one event after the other, or for up to `batchSize` at once. Who throws is called again. */
export type SubscriptionHandler<Event> =
  | { readonly each: (event: Event, delivery: Delivery) => Promise<void> | void }
  | { readonly batch: (events: readonly Event[], delivery: Delivery) => Promise<void> | void };

export type SubscriptionSignal =
  | { readonly type: 'leaseAcquired'; readonly fencingToken: number; readonly checkpoint: number }
  /** Another process goes on from the checkpoint. */
  | { readonly type: 'leaseLost' }
  /** Everything up to the position is handled, and the log ended there. */
  | { readonly type: 'caughtUp'; readonly position: number }
  /** More came than fits into one batch since it had caught up. */
  | { readonly type: 'fellBehind'; readonly position: number }
  | { readonly type: 'retrying'; readonly position: number; readonly attempt: number; readonly error: string }
  | { readonly type: 'deadLettered'; readonly position: number; readonly error: string }
  /** The log or the store cannot be used for now; it is tried again. */
  | { readonly type: 'failing'; readonly error: string };

export interface SubscriptionOptions<Event extends SubscribedEvent> {
  /** 1 to 200 visible ASCII characters: the same in all processes that share the work. */
  readonly name: string;
  /** Names this process; unique, and random where absent. */
  readonly owner?: string;
  readonly source: SubscriptionSource<Event>;
  readonly store: SubscriptionStore;
  readonly handler: SubscriptionHandler<Event>;
  /** Events that it refuses are passed over. */
  readonly filter?: (event: Event) => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onSignal?: (signal: SubscriptionSignal) => void;
  /** Events between two checkpoints at most; 100 where absent. */
  readonly batchSize?: number;
  /** After so long without a sign of life another process takes over; 10,000 where absent. */
  readonly leaseMs?: number;
  /** How often to look for new events, and for a lease; 250 where absent. `wake` shortens it. */
  readonly pollMs?: number;
  /** Tries of one event before it becomes a dead letter, and the pause between, which doubles; 5, 100 and 10,000. */
  readonly retry?: { readonly attempts?: number; readonly firstDelayMs?: number; readonly maxDelayMs?: number };
}

export interface SubscriptionStatus {
  /** `waiting`: another process has the lease. */
  readonly state: 'stopped' | 'waiting' | 'working' | 'caughtUp' | 'paused';
  /** As far as this process knows. */
  readonly checkpoint: number;
  /** What is in the way of going on; null where nothing is. */
  readonly problem: string | null;
}

/**
 * At least once: every event is handled, those of one stream in their order; handled again is what was handled after
 * the last checkpoint when the lease changed hands. Nothing that a handler throws gets out of here: an event that fails
 * for good becomes a dead letter, and later events of its stream wait behind it, as dead letters too.
 */
export interface Subscription {
  /** Works in the background until it is stopped. */
  start(): void;
  /** Finishes the event in hand, moves the checkpoint and hands the lease over. */
  stop(): Promise<void>;
  /** As `stop`, but the lease is kept: nobody goes on. */
  pause(): Promise<void>;
  resume(): void;
  /** Says that there may be new events. */
  wake(): void;
  status(): SubscriptionStatus;
  measure(): readonly Measurement[];
  /** In the order of positions. */
  deadLetters(after?: number, limit?: number): Promise<readonly DeadLetter[]>;
  /**
   * Hands a dead letter to the handler once more, and forgets it where that succeeds.
   *
   * @throws what the handler throws; PortFailure `INVALID_MESSAGE` where there is no such dead letter, or an earlier
   * one of its stream.
   */
  replay(position: number): Promise<void>;
  /** Forgets a dead letter without handling it. */
  discard(position: number): Promise<void>;
}
