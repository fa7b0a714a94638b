// Brings events to a handler, again where it fails, and makes dead letters of those it fails on for good.

import { streamText } from '../event-store/stream-name.ts';
import type { NewDeadLetter, SubscriptionStore } from '../ports/subscriptions.ts';
import type { Alarm } from './alarm.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import type { Delivery, SubscribedEvent, SubscriptionHandler, SubscriptionSignal } from './subscription.ts';

export interface DelivererOptions<Event> {
  readonly name: string;
  readonly store: SubscriptionStore;
  readonly handler: SubscriptionHandler<Event>;
  readonly retry: Readonly<Record<'attempts' | 'firstDelayMs' | 'maxDelayMs', number>>;
  readonly signal: (signal: SubscriptionSignal) => void;
  /** Between two tries; rung when no more shall be made. */
  readonly pause: Alarm;
  /** False once the work is to be put down. */
  readonly goesOn: () => boolean;
}

/** What became of some events: all up to the position are done with. */
export interface Delivered {
  readonly position: number;
  readonly letters: readonly NewDeadLetter[];
  readonly handled: number;
  readonly complete: boolean;
}

const PAGE = 1000;

export class Deliverer<Event extends SubscribedEvent> {
  readonly #options: DelivererOptions<Event>;
  readonly #keeper: LeaseKeeper;
  /** Streams with dead letters in the store, which may have been replayed since. */
  readonly #parked = new Set<string>();
  /** Streams with dead letters that are not in the store yet, and where the first of these is. */
  readonly #unsaved = new Map<string, number>();

  private constructor(options: DelivererOptions<Event>, keeper: LeaseKeeper) {
    this.#options = options;
    this.#keeper = keeper;
  }

  /** Reads first which streams have dead letters: while the lease lasts, nobody else makes any. */
  static async create<Event extends SubscribedEvent>(
    options: DelivererOptions<Event>,
    keeper: LeaseKeeper,
  ): Promise<Deliverer<Event>> {
    const deliverer = new Deliverer(options, keeper);
    for (let after = 0; ;) {
      const letters = await options.store.deadLetters(options.name, after, PAGE);
      for (const { stream } of letters) deliverer.#parked.add(stream);
      after = letters.at(-1)?.position ?? after;
      if (letters.length < PAGE) return deliverer;
    }
  }

  /** @param from where the events begin: the position that is done with if none of them is */
  async deliver(events: readonly Event[], from: number): Promise<Delivered> {
    return 'each' in this.#options.handler ? this.#deliverEach(events, from) : this.#deliverBatch(events, from);
  }

  /** The dead letters of what was delivered are in the store now. */
  saved(): void {
    for (const stream of this.#unsaved.keys()) this.#parked.add(stream);
    this.#unsaved.clear();
  }

  async #deliverEach(events: readonly Event[], from: number): Promise<Delivered> {
    const letters: NewDeadLetter[] = [];
    let [position, handled] = [from, 0];
    for (const event of events) {
      const result = (await this.#mayGoOn()) ? await this.#deliverOne(event, position > from) : 'undone';
      if (result === 'undone') return { position, letters, handled, complete: false };
      if (result === 'handled') handled++;
      else letters.push(result);
      position = event.position;
    }
    return { position, letters, handled, complete: true };
  }

  /** @param started whether others of the batch are done with: then a store that is away ends the batch early */
  async #deliverOne(event: Event, started: boolean): Promise<'handled' | 'undone' | NewDeadLetter> {
    let waiting: NewDeadLetter | null;
    try {
      waiting = await this.#behind(event);
    } catch (error) {
      if (started) return 'undone';
      throw error;
    }
    return waiting ?? this.#handle([event]);
  }

  /** All at once; where that fails for good, one by one, so that only the culprit becomes a dead letter. */
  async #deliverBatch(events: readonly Event[], from: number): Promise<Delivered> {
    if (!(await this.#mayGoOn())) return { position: from, letters: [], handled: 0, complete: false };
    const waiting = await Promise.all(events.map((event) => this.#behind(event)));
    const free = events.filter((_, index) => waiting[index] === null);
    const result = await this.#handle(free);
    if (result === 'undone') return { position: from, letters: [], handled: 0, complete: false };
    if (result !== 'handled' && free.length > 1) return this.#deliverEach(events, from);
    const letters = waiting.filter((letter) => letter !== null);
    if (result !== 'handled') letters.push(result);
    const handled = events.length - letters.length;
    return { position: events.at(-1)?.position ?? from, letters, handled, complete: true };
  }

  /** Calls the handler until it succeeds or has failed often enough. */
  async #handle(events: readonly Event[]): Promise<'handled' | 'undone' | NewDeadLetter> {
    const { retry, pause, signal, goesOn } = this.#options;
    const first = events[0];
    const last = events.at(-1);
    if (first === undefined || last === undefined) return 'handled';
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#call(events, last.position, attempt);
        return 'handled';
      } catch (error) {
        const why = messageOf(error);
        if (attempt >= retry.attempts) {
          return this.#given(first, why, attempt, events.length);
        }
        signal({ type: 'retrying', position: first.position, attempt, error: why });
      }
      await pause.sleep(Math.min(retry.maxDelayMs, retry.firstDelayMs * 2 ** (attempt - 1)));
      if (!goesOn() || !(await this.#keeper.holds())) return 'undone';
    }
  }

  async #call(events: readonly Event[], checkpoint: number, attempt: number): Promise<void> {
    const { name, handler } = this.#options;
    const { lease, lost } = this.#keeper;
    const { fencingToken } = lease;
    const delivery = { subscription: name, checkpoint, fencingToken, attempt, replayed: false, signal: lost };
    await callHandler(handler, events, delivery);
  }

  async #mayGoOn(): Promise<boolean> {
    return this.#options.goesOn() && (await this.#keeper.holds());
  }

  /** The dead letter of an event that has to wait for an earlier one of its stream; null where it need not. */
  async #behind(event: Event): Promise<NewDeadLetter | null> {
    const stream = streamOf(event);
    let first = this.#unsaved.get(stream) ?? null;
    if (first === null && this.#parked.has(stream)) {
      first = await this.#options.store.firstDeadLetter(this.#options.name, stream);
      if (first === null) this.#parked.delete(stream);
    }
    if (first === null) return null;
    const error = `waits for the dead letter of its stream at position ${first}`;
    return { position: event.position, stream, error, attempts: 0 };
  }

  /** The dead letter of an event that was given up. Of a batch nothing is given up: it is taken apart first. */
  #given(event: Event, error: string, attempts: number, batch: number): NewDeadLetter {
    const { position } = event;
    const stream = streamOf(event);
    if (batch === 1) {
      if (!this.#unsaved.has(stream)) this.#unsaved.set(stream, position);
      this.#options.signal({ type: 'deadLettered', position, error });
    }
    return { position, stream, error, attempts };
  }
}

/** Calls a handler of either kind. @throws what it throws */
export async function callHandler<Event>(
  handler: SubscriptionHandler<Event>,
  events: readonly Event[],
  delivery: Delivery,
): Promise<void> {
  if ('batch' in handler) await handler.batch(events, delivery);
  else for (const event of events) await handler.each(event, delivery);
}

function streamOf(event: SubscribedEvent): string {
  return 'stream' in event ? streamText(event.stream) : `${event.organizationId}/payment/${event.paymentId}`;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
