// One subscription of the bus: reads the log at its own pace, hands events to its handler, each payment's in order.

import { PortFailure, type Clock, type Logger, type PaymentStore, type RecordedEvent } from '@paystrata/application';
import type { PaymentEventType } from '@paystrata/domain';
import { Attempts, HandlerTimedOut, type BusHandler } from './attempts.ts';
import type { Causation } from './causation.ts';
import { DeadLetters, type DeadEvent } from './dead-letters.ts';
import type { LogFeed } from './log-feed.ts';

/** Events in hand at most; a handler that is slower than the writers leaves the rest in the log. */
const IN_HAND = 256;
const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 100;
/** How long a stop waits for handlers at work. */
const STOP_MS = 5000;

export interface SubscriptionStatus {
  readonly name: string;
  readonly types: readonly PaymentEventType[] | 'all';
  /** Every event up to here was handled, or is a dead letter. */
  readonly checkpoint: number;
  /** Events of the log beyond the checkpoint. */
  readonly lag: number;
  readonly deadLetters: number;
  /** True where it reads no further until dead letters were replayed or discarded. */
  readonly held: boolean;
}

export interface SubscriptionParts {
  readonly source: Pick<PaymentStore, 'readAll'>;
  readonly feed: LogFeed;
  readonly causation: Causation;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface SubscriptionTerms {
  readonly name: string;
  readonly types: readonly PaymentEventType[] | 'all';
  readonly timeoutMs: number;
  readonly handle: BusHandler;
}

export class Subscription {
  readonly #terms: SubscriptionTerms;
  readonly #parts: SubscriptionParts;
  readonly #letters = new DeadLetters();
  readonly #attempts: Attempts;
  /** The end of each payment's events in hand. */
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #inHand = new Set<number>();
  #stop = new AbortController();
  #position: number;
  #reading = false;

  constructor(terms: SubscriptionTerms, parts: SubscriptionParts, position: number) {
    this.#terms = terms;
    this.#parts = parts;
    this.#attempts = new Attempts(parts.clock, terms.timeoutMs);
    this.#position = position;
  }

  status(): SubscriptionStatus {
    const { name, types } = this.#terms;
    const checkpoint = this.#inHand.size === 0 ? this.#position : Math.min(...this.#inHand) - 1;
    const lag = Math.max(0, this.#parts.feed.head - checkpoint);
    return { name, types, checkpoint, lag, deadLetters: this.#letters.size, held: this.#letters.full };
  }

  deadLetters(): readonly DeadEvent[] {
    return this.#letters.all();
  }

  /** Looks for something to read, soon. Must not be awaited. */
  wake(): void {
    if (this.#reading || this.#stop.signal.aborted) return;
    this.#reading = true;
    setImmediate(() => void this.#read());
  }

  /** True when all that was committed so far is handled or dead. */
  get settled(): boolean {
    return !this.#reading && this.#inHand.size === 0 && (this.#letters.full || this.#position >= this.#parts.feed.head);
  }

  /** Tries the dead letters again, each payment's in order until one fails. @returns how many are gone. */
  async replay(): Promise<number> {
    const before = this.#letters.size;
    await Promise.all(this.#letters.payments().map((payment) => this.#inLane(payment, () => this.#revive(payment))));
    this.wake();
    return before - this.#letters.size;
  }

  /** Gives up the dead letters of a payment, or all. @returns how many there were. */
  discard(payment: string | null): number {
    const before = this.#letters.size;
    for (const each of payment === null ? this.#letters.payments() : [payment]) {
      while (this.#letters.of(each).length > 0) this.#letters.removeFirst(each);
    }
    this.wake();
    return before - this.#letters.size;
  }

  /** Ends the retries, and waits for handlers at work, but not for ever. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error('the strategy stops'));
    const limit = new AbortController();
    const late = this.#parts.clock.sleep(STOP_MS, limit.signal).catch(() => undefined);
    await Promise.race([Promise.allSettled(this.#lanes.values()), late]);
    limit.abort();
  }

  /** Begins again with the first event of another life of the log. */
  clear(): void {
    this.#stop.abort(new Error('the strategy stops'));
    this.#stop = new AbortController();
    this.#letters.clear();
    this.#lanes.clear();
    this.#inHand.clear();
    this.#position = 0;
    this.#reading = false;
  }

  async #read(): Promise<void> {
    const { source, feed, logger } = this.#parts;
    const { signal } = this.#stop;
    try {
      while (!signal.aborted && !this.#letters.full && this.#inHand.size < IN_HAND && this.#position < feed.head) {
        const limit = IN_HAND - this.#inHand.size;
        const page = await source.readAll({ direction: 'forward', from: this.#position, limit });
        if (signal.aborted) return;
        for (const event of page.events) if (this.#wants(event)) this.#take(event);
        this.#position = Math.max(this.#position, page.next);
      }
    } catch (error) {
      if (!signal.aborted) logger.error({ error, subscription: this.#terms.name }, 'the log could not be read');
    } finally {
      if (!signal.aborted) this.#reading = false;
    }
    const mayGoOn = !this.#letters.full && this.#inHand.size < IN_HAND;
    if (!signal.aborted && mayGoOn && this.#position < feed.head) this.wake();
  }

  #wants({ type }: RecordedEvent): boolean {
    return this.#terms.types === 'all' || this.#terms.types.includes(type);
  }

  #take(event: RecordedEvent): void {
    const { signal } = this.#stop;
    this.#inHand.add(event.position);
    void this.#inLane(nameOf(event), () => this.#handle(event, signal)).then(() => {
      if (signal.aborted) return;
      this.#inHand.delete(event.position);
      this.wake();
    });
  }

  #inLane(payment: string, work: () => Promise<void>): Promise<void> {
    const before = this.#lanes.get(payment);
    const mine = before === undefined ? work() : before.then(work);
    this.#lanes.set(payment, mine);
    return mine.then(() => {
      if (this.#lanes.get(payment) === mine) this.#lanes.delete(payment);
    });
  }

  /** Never throws: an event that cannot be handled is a dead letter in the end. */
  async #handle(event: RecordedEvent, signal: AbortSignal): Promise<void> {
    const payment = nameOf(event);
    const [before] = this.#letters.of(payment);
    if (before !== undefined) {
      const error = `waits behind the event at position ${before.position}`;
      this.#letters.add(payment, this.#letter(event, error, 0));
      return;
    }
    for (let attempt = 1; ; attempt += 1) {
      const error = await this.#try(event, attempt, signal);
      if (error === null || signal.aborted) return;
      if (attempt < ATTEMPTS && mayPass(error)) {
        await this.#parts.clock.sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1), signal).catch(() => undefined);
        if (signal.aborted) return;
        continue;
      }
      this.#letters.add(payment, this.#letter(event, textOf(error), attempt));
      const { name: subscription } = this.#terms;
      this.#parts.logger.error({ error, subscription, eventId: event.eventId }, 'a handler gave an event up');
      return;
    }
  }

  /** @returns what the handler threw; null where it did not. */
  async #try(event: RecordedEvent, attempt: number, signal = this.#stop.signal): Promise<unknown> {
    const { name, handle } = this.#terms;
    try {
      const call: BusHandler = (...told) => this.#parts.causation.handle(event, name, async () => handle(...told));
      await this.#attempts.run(event, attempt, signal, call);
      return null;
    } catch (error) {
      return error ?? new Error('a handler threw nothing');
    }
  }

  async #revive(payment: string): Promise<void> {
    for (let [letter] = this.#letters.of(payment); letter !== undefined; [letter] = this.#letters.of(payment)) {
      const event = await this.#eventAt(letter.position);
      const error = event === null ? null : await this.#try(event, letter.attempts + 1);
      if (event !== null && error !== null) {
        this.#letters.replaceFirst(payment, this.#letter(event, textOf(error), letter.attempts + 1));
        return;
      }
      this.#letters.removeFirst(payment);
    }
  }

  /** Null where its organization was dropped since. */
  async #eventAt(position: number): Promise<RecordedEvent | null> {
    const page = await this.#parts.source.readAll({ direction: 'forward', from: position - 1, limit: 1 });
    const [event] = page.events;
    return event?.position === position ? event : null;
  }

  #letter({ organizationId, paymentId, position, type }: RecordedEvent, error: string, attempts: number): DeadEvent {
    const { name: subscription } = this.#terms;
    return { subscription, organizationId, paymentId, position, type, error, attempts, at: this.#parts.clock.now() };
  }
}

/** Names a payment's lane. */
export function nameOf({ organizationId, paymentId }: Pick<RecordedEvent, 'organizationId' | 'paymentId'>): string {
  return `${organizationId}/${paymentId}`;
}

/** False for mistakes in the program, which no further attempt can mend, and for a handler that may be at work. */
function mayPass(error: unknown): boolean {
  if (error instanceof HandlerTimedOut) return false;
  const hopeless: readonly string[] = ['CAUSATION_CYCLE', 'UNKNOWN_MESSAGE', 'INVALID_MESSAGE'];
  return !(error instanceof PortFailure) || !hopeless.includes(error.code);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
