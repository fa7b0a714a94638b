// The log in memory: one packed array in the order of commits, and the streams of the payments within it.

import type { CommitEntry, LogPage, LogRequest, PaymentKey, RecordedEvent } from '@paystrata/application';
import type { CommandId, Payment } from '@paystrata/domain';
import { deepFreeze } from './deep-freeze.ts';
import { eraseEvent } from './erase-event.ts';

/** One payment: its state, its events and what its commands came to. */
export interface Stream {
  payment: Payment;
  readonly events: RecordedEvent[];
  /** The last event of each command. */
  readonly commands: Map<CommandId, RecordedEvent>;
}

export class MemoryLog {
  readonly #streams = new Map<string, Stream>();
  readonly #events: RecordedEvent[] = [];

  /** Payments that were ever created. */
  get payments(): number {
    return this.#streams.size;
  }

  /** Events so far: the position of the last one. */
  get length(): number {
    return this.#events.length;
  }

  stream({ organizationId, paymentId }: PaymentKey): Stream | undefined {
    return this.#streams.get(`${organizationId}/${paymentId}`);
  }

  /** Stores events and state in one step; whether they may be stored was checked before. */
  append(entry: CommitEntry): RecordedEvent {
    const stream = this.stream(entry) ?? this.#open(entry);
    stream.payment = deepFreeze(entry.payment);
    let last: RecordedEvent | undefined;
    for (const pending of entry.events) {
      last = deepFreeze({ ...pending, position: this.#events.length + 1 });
      this.#events.push(last);
      stream.events.push(last);
      stream.commands.set(entry.commandId, last);
      if (last.type === 'PersonalDataErased') this.#erase(stream);
    }
    if (last === undefined) throw new Error(`command ${entry.commandId} comes without events`);
    return last;
  }

  read({ direction, from, limit, organizationId, paymentId }: LogRequest): LogPage {
    const wanted = (event: RecordedEvent) =>
      (organizationId === undefined || event.organizationId === organizationId) &&
      (paymentId === undefined || event.paymentId === paymentId);
    const step = direction === 'forward' ? 1 : -1;
    const events: RecordedEvent[] = [];
    let next = from ?? (direction === 'forward' ? 0 : this.#events.length + 1);
    for (;;) {
      const event = this.#events[next + step - 1];
      if (event === undefined) return { events, next, end: true };
      if (events.length >= limit) return { events, next, end: false };
      if (wanted(event)) events.push(event);
      next = event.position;
    }
  }

  #open(entry: CommitEntry): Stream {
    const stream: Stream = { payment: entry.payment, events: [], commands: new Map() };
    this.#streams.set(`${entry.organizationId}/${entry.paymentId}`, stream);
    return stream;
  }

  #erase(stream: Stream): void {
    for (const [index, event] of stream.events.entries()) {
      const erased = eraseEvent(event);
      stream.events[index] = erased;
      this.#events[event.position - 1] = erased;
    }
  }
}
