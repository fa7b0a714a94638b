// The record of one payment as its workflow holds it: events in order, and the state they come to.

import { eraseEvent, evolve, evolveAll, type CommandId, type Payment, type PaymentState } from '@paystrata/domain';
import type { WorkflowEvent } from '../protocol/messages.ts';

export class PaymentStream {
  #events: readonly WorkflowEvent[];
  #payment: PaymentState;

  constructor(events: readonly WorkflowEvent[]) {
    this.#events = events;
    this.#payment = evolveAll(null, events);
  }

  get events(): readonly WorkflowEvent[] {
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
  append(events: readonly WorkflowEvent[]): void {
    for (const event of events) {
      this.#payment = evolve(this.#payment, event);
      this.#events = [...this.#events, event];
      if (event.type === 'PersonalDataErased') this.#events = this.#events.map(erased);
    }
  }

  /** Whether any event before that version holds a sealed part. */
  holdsSealedBefore(version: number): boolean {
    return this.#events.some((event) => event.version < version && holdsSealed(event));
  }

  /** The payment as it was at a version from 1. */
  at(version: number): Payment {
    const payment = version === this.version ? this.#payment : evolveAll(null, this.#events.slice(0, version));
    if (payment === null) throw new Error(`there is no version ${version}`);
    return payment;
  }
}

/** Neither stand-ins nor the sealed text are left; an event that seals nothing holds nothing personal. */
function erased(event: WorkflowEvent): WorkflowEvent {
  return holdsSealed(event) ? { ...eraseEvent(event), sealed: null } : event;
}

/** The seal of an erasure holds nothing. */
function holdsSealed({ type, sealed }: WorkflowEvent): boolean {
  return typeof sealed === 'string' && type !== 'PersonalDataErased';
}
