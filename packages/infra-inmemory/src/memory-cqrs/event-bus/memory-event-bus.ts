// The event bus of memory-cqrs: subscriptions upon the log, each at its own pace and apart from the others.

import { setTimeout } from 'node:timers/promises';
import { PortFailure, type PaymentKey } from '@paystrata/application';
import { paymentEventTypes, type PaymentEventType } from '@paystrata/domain';
import type { BusHandler } from './attempts.ts';
import type { DeadEvent } from './dead-letters.ts';
import { nameOf, Subscription, type SubscriptionParts, type SubscriptionStatus } from './subscription.ts';

export interface Subscribing {
  /** Names the subscription; unique. */
  readonly name: string;
  readonly types: readonly PaymentEventType[] | 'all';
  /** Where to begin: with the first event of the log, or with the next one. Default `next`. */
  readonly from?: 'first' | 'next';
  /** How long the handler may take for an event, in milliseconds; default 30,000. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 30_000;
/** Of a timer. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Hands committed events to handlers, at least once and in order for each payment; payments side by side. Handlers know
 * nothing of each other: one that is slow or throws holds up nobody else. Nothing is queued beyond a few hundred events
 * a handler – the rest stays in the log until the handler comes to it.
 *
 * A handler that throws is called again four times with growing pauses; then the event is a dead letter, and further
 * events of that payment wait behind it, so that their order is kept when it is replayed. One that does not end in its
 * time is not called again, for it may still be at work: its event is a dead letter at once, and its signal is aborted.
 */
export interface MemoryEventBus {
  /**
   * Commands that the handler gives carry the event as their cause. Handlers that cause each other without end are
   * refused with `CAUSATION_CYCLE`.
   *
   * @returns how to end it.
   * @throws PortFailure `HANDLER_REGISTERED_TWICE` for a name that is taken, `UNKNOWN_MESSAGE` for a type that is not
   * one of an event, `INVALID_MESSAGE` for a time that no timer can count.
   */
  subscribe(to: Subscribing, handle: BusHandler): () => void;
  subscriptions(): readonly SubscriptionStatus[];
  /** By position. */
  deadLetters(subscription: string): readonly DeadEvent[];
  /** Hands dead letters to the handler once more. @returns how many were handled. */
  replayDeadLetters(subscription: string): Promise<number>;
  /** Gives dead letters up, of one payment or all. @returns how many there were. */
  discardDeadLetters(subscription: string, payment?: PaymentKey): number;
  /** Resolves when every handler has come to what is committed by then. */
  settled(): Promise<void>;
}

export interface OwnedEventBus extends MemoryEventBus {
  stop(): Promise<void>;
  clear(): void;
}

export function createMemoryEventBus(parts: SubscriptionParts): OwnedEventBus {
  const subscriptions = new Map<string, Subscription>();
  parts.feed.follow(() => {
    for (const subscription of subscriptions.values()) subscription.wake();
  });
  const named = (name: string): Subscription => {
    const subscription = subscriptions.get(name);
    if (subscription !== undefined) return subscription;
    const known = [...subscriptions.keys()].join(', ') || 'none';
    throw new PortFailure('UNKNOWN_MESSAGE', `there is no subscription "${name}"; there is: ${known}`);
  };
  return {
    subscribe: ({ name, types, from = 'next', timeoutMs = DEFAULT_TIMEOUT_MS }, handle) => {
      if (subscriptions.has(name)) {
        throw new PortFailure(
          'HANDLER_REGISTERED_TWICE',
          `"${name}" is subscribed already: give each a name of its own`,
        );
      }
      for (const type of types === 'all' ? [] : types) requireKnown(type);
      requireTimer(timeoutMs);
      const terms = { name, types, timeoutMs, handle };
      const subscription = new Subscription(terms, parts, from === 'first' ? 0 : parts.feed.head);
      subscriptions.set(name, subscription);
      subscription.wake();
      return () => {
        if (subscriptions.get(name) === subscription) subscriptions.delete(name);
        void subscription.stop();
      };
    },
    subscriptions: () => [...subscriptions.values()].map((each) => each.status()),
    deadLetters: (name) => named(name).deadLetters(),
    replayDeadLetters: (name) => named(name).replay(),
    discardDeadLetters: (name, payment) => named(name).discard(payment === undefined ? null : nameOf(payment)),
    settled: async () => {
      while ([...subscriptions.values()].some(({ settled }) => !settled)) {
        await setTimeout(1);
      }
    },
    stop: async () => {
      await Promise.all(subscriptions.values().map((each) => each.stop()));
    },
    clear: () => {
      for (const each of subscriptions.values()) each.clear();
    },
  };
}

function requireKnown(type: string): void {
  if (paymentEventTypes.some((known) => known === type)) return;
  throw new PortFailure('UNKNOWN_MESSAGE', `no event is called "${type}"; there is: ${paymentEventTypes.join(', ')}`);
}

function requireTimer(timeoutMs: number): void {
  if (Number.isInteger(timeoutMs) && timeoutMs >= 1 && timeoutMs <= LONGEST_TIMEOUT_MS) return;
  throw new PortFailure('INVALID_MESSAGE', `timeoutMs is ${timeoutMs}: give whole milliseconds from 1 to 2^31 - 1`);
}
