// Events that a handler failed on for good, and those that wait behind them, each payment's in order.

import type { PaymentKey, RecordedEvent } from '@paystrata/application';

/** More of them, and the subscription stops reading until some were replayed or discarded. */
const MOST_DEAD_LETTERS = 10_000;
const LONGEST_ERROR = 500;

export interface DeadEvent extends PaymentKey {
  readonly subscription: string;
  readonly position: number;
  readonly type: RecordedEvent['type'];
  /** What the handler threw; for an event that waits behind another of its payment, that. */
  readonly error: string;
  /** 0: never tried, it waits behind another. */
  readonly attempts: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export class DeadLetters {
  readonly #payments = new Map<string, DeadEvent[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get full(): boolean {
    return this.#size >= MOST_DEAD_LETTERS;
  }

  /** Those of a payment, in order. */
  of(payment: string): readonly DeadEvent[] {
    return this.#payments.get(payment) ?? [];
  }

  payments(): readonly string[] {
    return [...this.#payments.keys()];
  }

  /** By position. */
  all(): readonly DeadEvent[] {
    return [...this.#payments.values()].flat().sort((a, b) => a.position - b.position);
  }

  add(payment: string, letter: DeadEvent): void {
    const letters = this.#payments.get(payment);
    const kept = { ...letter, error: letter.error.slice(0, LONGEST_ERROR) };
    if (letters === undefined) this.#payments.set(payment, [kept]);
    else letters.push(kept);
    this.#size += 1;
  }

  /** Takes the first one of a payment away. */
  removeFirst(payment: string): void {
    const letters = this.#payments.get(payment);
    if (letters === undefined) return;
    letters.shift();
    this.#size -= 1;
    if (letters.length === 0) this.#payments.delete(payment);
  }

  /** Puts what is known now in the place of the first one. */
  replaceFirst(payment: string, letter: DeadEvent): void {
    const letters = this.#payments.get(payment);
    if (letters !== undefined) letters[0] = { ...letter, error: letter.error.slice(0, LONGEST_ERROR) };
  }

  clear(): void {
    this.#payments.clear();
    this.#size = 0;
  }
}
