// Starts, pauses and stops a subscription, takes its lease, and survives whatever source, store and handler throw.

import { randomUUID } from 'node:crypto';
import { PortFailure } from '../ports/failures.ts';
import type { Measurement } from '../ports/strategy.ts';
import { Alarm } from './alarm.ts';
import { CatchUp, type CatchUpOptions, type Progress } from './catch-up.ts';
import { callHandler, messageOf } from './deliverer.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import type {
  Delivery,
  SubscribedEvent,
  Subscription,
  SubscriptionOptions,
  SubscriptionSignal,
  SubscriptionStatus,
} from './subscription.ts';

const defaults = { batchSize: 100, leaseMs: 10_000, pollMs: 250 } as const;
const defaultRetry = { attempts: 5, firstDelayMs: 100, maxDelayMs: 10_000 } as const;

/** Not started yet. @throws PortFailure `INVALID_MESSAGE` for a name that is none */
export function createSubscription<Event extends SubscribedEvent>(options: SubscriptionOptions<Event>): Subscription {
  if (!/^[!-~]{1,200}$/.test(options.name)) {
    throw new PortFailure('INVALID_MESSAGE', 'the name of a subscription is 1 to 200 visible ASCII characters');
  }
  return new Worker(options);
}

class Worker<Event extends SubscribedEvent> implements Subscription {
  readonly #options: SubscriptionOptions<Event>;
  readonly #owner: string;
  readonly #poll: Alarm;
  readonly #pause: Alarm;
  readonly #counts = { handled: 0, deadLettered: 0, retried: 0 };
  #running: Promise<void> | null = null;
  #stopping = false;
  #paused: PromiseWithResolvers<void> | null = null;
  #state: SubscriptionStatus['state'] = 'stopped';
  #checkpoint = 0;
  #problem: string | null = null;

  constructor(options: SubscriptionOptions<Event>) {
    this.#options = options;
    this.#owner = options.owner ?? randomUUID();
    this.#poll = new Alarm(options.clock);
    this.#pause = new Alarm(options.clock);
  }

  start(): void {
    this.#stopping = false;
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#putDown();
    await this.#running;
  }

  async pause(): Promise<void> {
    if (this.#running === null) return;
    this.#paused ??= Promise.withResolvers<void>();
    this.#putDown();
    await this.#paused.promise;
  }

  resume(): void {
    this.#paused?.resolve();
    this.#paused = null;
    this.#poll.ring();
  }

  wake(): void {
    this.#poll.ring();
  }

  status(): SubscriptionStatus {
    return { state: this.#state, checkpoint: this.#checkpoint, problem: this.#problem };
  }

  measure(): readonly Measurement[] {
    const labels = { subscription: this.#options.name };
    const values = {
      subscription_handled_total: this.#counts.handled,
      subscription_dead_letters_total: this.#counts.deadLettered,
      subscription_retries_total: this.#counts.retried,
      subscription_checkpoint: this.#checkpoint,
      subscription_caught_up: this.#state === 'caughtUp' ? 1 : 0,
    };
    return Object.entries(values).map(([name, value]) => ({ name, value, labels }));
  }

  deadLetters(after = 0, limit = 100) {
    return this.#options.store.deadLetters(this.#options.name, after, limit);
  }

  async replay(position: number): Promise<void> {
    const { name, store, source, handler } = this.#options;
    const [letter] = await store.deadLetters(name, position - 1, 1);
    if (letter?.position !== position) throw noSuchLetter(name, position);
    const first = await store.firstDeadLetter(name, letter.stream);
    if (first !== null && first !== position) {
      throw new PortFailure('INVALID_MESSAGE', `replay the dead letter at ${first} first: it is earlier in its stream`);
    }
    const { events } = await source.readAll({ direction: 'forward', from: position - 1, limit: 1 });
    const event = events[0];
    if (event?.position !== position) throw noSuchLetter(name, position);
    const delivery: Delivery = {
      subscription: name,
      checkpoint: position,
      fencingToken: 0,
      attempt: letter.attempts + 1,
      replayed: true,
      signal: new AbortController().signal,
    };
    await callHandler(handler, [event], delivery);
    await store.removeDeadLetter(name, position);
  }

  discard(position: number): Promise<void> {
    return this.#options.store.removeDeadLetter(this.#options.name, position);
  }

  #putDown(): void {
    this.#poll.ring();
    this.#pause.ring();
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#stopping;) {
      try {
        if (await this.#workOnce()) failures = 0;
        else await this.#poll.sleep(this.#options.pollMs ?? defaults.pollMs);
        this.#problem = null;
      } catch (error) {
        this.#problem = messageOf(error);
        this.#signal({ type: 'failing', error: this.#problem });
        this.#paused?.resolve();
        const { firstDelayMs, maxDelayMs } = { ...defaultRetry, ...this.#options.retry };
        await this.#pause.sleep(Math.min(maxDelayMs, firstDelayMs * 2 ** failures++));
      }
    }
    this.#state = 'stopped';
    this.#paused?.resolve();
    this.#running = null;
  }

  /** @returns false where another process has the lease */
  async #workOnce(): Promise<boolean> {
    const { name, store, clock, leaseMs = defaults.leaseMs } = this.#options;
    const lease = await store.acquire(name, this.#owner, leaseMs);
    if (lease === null) {
      this.#state = 'waiting';
      this.#paused?.resolve();
      return false;
    }
    this.#checkpoint = lease.checkpoint;
    this.#state = 'working';
    this.#signal({ type: 'leaseAcquired', fencingToken: lease.fencingToken, checkpoint: lease.checkpoint });
    const keeper = new LeaseKeeper(lease, { store, clock, leaseMs });
    try {
      await CatchUp.run(this.#catchUpOptions(), keeper);
    } finally {
      await keeper.stop();
      if (keeper.lost.aborted) this.#signal({ type: 'leaseLost' });
      else if (this.#stopping) await store.release(lease);
    }
    return true;
  }

  #catchUpOptions(): CatchUpOptions<Event> {
    const { name, source, store, handler, filter, retry } = this.#options;
    const { batchSize = defaults.batchSize, pollMs = defaults.pollMs } = this.#options;
    return {
      ...{ name, source, store, handler, batchSize, pollMs },
      filter: filter ?? (() => true),
      retry: { ...defaultRetry, ...retry },
      poll: this.#poll,
      pause: this.#pause,
      goesOn: () => !this.#stopping && this.#paused === null,
      isPaused: () => this.#paused !== null,
      isStopping: () => this.#stopping,
      signal: (signal) => this.#signal(signal),
      progress: (progress) => this.#progress(progress),
    };
  }

  #progress({ checkpoint, caughtUp, handled, deadLettered }: Progress): void {
    this.#checkpoint = checkpoint;
    this.#counts.handled += handled;
    this.#counts.deadLettered += deadLettered;
    this.#state = this.#paused !== null ? 'paused' : caughtUp ? 'caughtUp' : 'working';
    if (this.#state === 'paused') this.#paused?.resolve();
  }

  /** A listener that throws is told to the logger, nobody else. */
  #signal(signal: SubscriptionSignal): void {
    const { logger, name, onSignal } = this.#options;
    if (signal.type === 'retrying') this.#counts.retried++;
    const isBad = ['retrying', 'deadLettered', 'failing', 'leaseLost'].includes(signal.type);
    logger[isBad ? 'warn' : 'debug']({ subscription: name, ...signal }, `subscription: ${signal.type}`);
    try {
      onSignal?.(signal);
    } catch (error) {
      logger.error({ subscription: name, error: messageOf(error) }, 'a listener of a subscription failed');
    }
  }
}

function noSuchLetter(name: string, position: number): PortFailure {
  return new PortFailure('INVALID_MESSAGE', `the subscription ${name} has no dead letter at position ${position}`);
}
