// The record of one payment as its workflow holds it: events in order, and the state they come to.

import { eraseEvent, evolve, evolveAll, type CommandId, type Payment, type PaymentState } from '@paystrata/domain';
import type { PaymentRecord } from '../protocol/messages.ts';

type PendingEvent = PaymentRecord['events'][number];

export class PaymentStream {
  #events: readonly PendingEvent[];
  #payment: PaymentState;

  constructor(events: readonly PendingEvent[]) {
    this.#events = events;
    this.#payment = evolveAll(null, events);
  }

  get events(): readonly PendingEvent[] {
    return this.#events;
  }

  get payment(): PaymentState {
    return this.#payment;
  }

  get version(): number {
    return this.#events.length;
  }

  has(commandId: CommandId): boolean {
    return this.#events.some((event) => event.commandId === commandId);
  }

  /** Personal data that an event erases is gone from the record, too. */
  append(events: readonly PendingEvent[]): void {
    for (const event of events) {
      this.#payment = evolve(this.#payment, event);
      this.#events = [...this.#events, event];
      if (event.type === 'PersonalDataErased') this.#events = this.#events.map(eraseEvent);
    }
  }

  /** The payment as it was at a version from 1. */
  at(version: number): Payment {
    const payment = version === this.version ? this.#payment : evolveAll(null, this.#events.slice(0, version));
    if (payment === null) throw new Error(`there is no version ${version}`);
    return payment;
  }
}
