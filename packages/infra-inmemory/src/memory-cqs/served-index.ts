// Which indexes there are: the one that answers, and one that is being rebuilt.

import type { PaymentDocument } from '@paystrata/application';
import { createPaymentIndex, type PaymentIndex } from '../payment-index/payment-index.ts';
import type { MemoryStoreProjection } from '../store/memory-store.ts';

export interface IndexListener {
  /** A payment was committed and is in the index. */
  changed(document: PaymentDocument): void;
  /** A new life begins, or another index answers from now on. */
  replaced(): void;
}

const silent: IndexListener = { changed: () => undefined, replaced: () => undefined };

/** Changes that wait to be indexed at most: a quarter of a millisecond of work for whoever asks next. */
const WAITING = 64;

/**
 * Changes are indexed when somebody asks, or when enough of them wait: nobody ever sees an index without them, and a
 * payment that changes twice in a row, as by an attempt and its outcome, is indexed once.
 */
export class ServedIndex implements MemoryStoreProjection {
  readonly #listener: IndexListener;
  #current: PaymentIndex = createPaymentIndex();
  #next: PaymentIndex | null = null;
  #waiting: PaymentDocument[] = [];

  constructor(listener: IndexListener = silent) {
    this.#listener = listener;
  }

  /** With all changes so far. To be asked for anew after every change. */
  get current(): PaymentIndex {
    if (this.#waiting.length > 0) this.#catchUp();
    return this.#current;
  }

  clear(): void {
    this.#waiting = [];
    this.#current = createPaymentIndex();
    this.#next = null;
    this.#listener.replaced();
  }

  apply(document: PaymentDocument): void {
    const { payment } = document;
    const last = this.#waiting.at(-1)?.payment;
    const again = last !== undefined && last.id === payment.id && last.organizationId === payment.organizationId;
    if (again) this.#waiting[this.#waiting.length - 1] = document;
    else this.#waiting.push(document);
    // What was erased must not stay behind in the index until somebody asks.
    if (this.#waiting.length >= WAITING || payment.personalErased) this.#catchUp();
  }

  /** An index beside the one that answers: it gets every change as well, until it is taken or dropped. */
  prepare(): PaymentIndex {
    this.#catchUp();
    this.#next = createPaymentIndex();
    return this.#next;
  }

  /** From now on this one answers, unless another one was prepared meanwhile. @returns whether it does. */
  take(prepared: PaymentIndex): boolean {
    if (this.#next !== prepared) return false;
    this.#catchUp();
    this.#current = prepared;
    this.#next = null;
    this.#listener.replaced();
    return true;
  }

  drop(prepared: PaymentIndex): void {
    if (this.#next === prepared) this.#next = null;
  }

  #catchUp(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const document of waiting) {
      this.#current.apply(document);
      this.#next?.apply(document);
      this.#listener.changed(document);
    }
  }
}
