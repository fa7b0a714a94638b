// What handlers of events cause: their commands are tied to the event, and a cycle of causes is ended.

import { AsyncLocalStorage } from 'node:async_hooks';
import { PortFailure, type RecordedEvent, type WriteOrder } from '@paystrata/application';
import { LRUCache } from 'lru-cache';

/** Handlers that may cause each other, one after the other; whatever goes on for longer goes on for ever. */
const CAUSATION_DEPTH = 16;
/** Events that handlers caused and that may not have been handled yet. */
const REMEMBERED = 100_000;

interface Trail {
  readonly event: RecordedEvent;
  /** The handlers that led here, the one at work last. */
  readonly path: readonly string[];
}

export class Causation {
  readonly #current = new AsyncLocalStorage<Trail | undefined>();
  readonly #paths = new LRUCache<number, readonly string[]>({ max: REMEMBERED });

  /** Runs a handler, so that what it does is known to be caused by the event. */
  handle(event: RecordedEvent, handler: string, work: () => Promise<void>): Promise<void> {
    const path = [...(this.#paths.get(event.position) ?? []), handler];
    return this.#current.run({ event, path }, work);
  }

  /**
   * An order that a handler gives gets the event as its cause, and its correlation, unless it names a cause itself.
   *
   * @throws PortFailure `CAUSATION_CYCLE` where handlers caused each other too often.
   */
  tie(order: WriteOrder): WriteOrder {
    const trail = this.#current.getStore();
    if (trail === undefined) return order;
    if (trail.path.length > CAUSATION_DEPTH) throw cycle(order, trail);
    if (order.causationId !== null) return order;
    return { ...order, correlationId: trail.event.correlationId, causationId: trail.event.eventId };
  }

  /** Work that may be started by somebody else goes on in the context of whoever hands it in. */
  bind<T>(work: () => Promise<T>): () => Promise<T> {
    const trail = this.#current.getStore();
    return () => (this.#current.getStore() === trail ? work() : this.#current.run(trail, work));
  }

  /** Told in the very step of each commit, by whoever made it. */
  committed(first: number, last: number): void {
    const trail = this.#current.getStore();
    if (trail === undefined) return;
    for (let position = first; position <= last; position += 1) this.#paths.set(position, trail.path);
  }

  clear(): void {
    this.#paths.clear();
  }
}

function cycle(order: WriteOrder, { event, path }: Trail): PortFailure {
  const message =
    `${order.command.type} on payment ${order.paymentId} would be caused by ${path.length} handlers in a row ` +
    `(${path.slice(-4).join(' → ')}): let one of them stop, at most ${CAUSATION_DEPTH} may follow each other`;
  return new PortFailure('CAUSATION_CYCLE', message, {
    details: { paymentId: order.paymentId, eventId: event.eventId, depth: path.length },
  });
}
