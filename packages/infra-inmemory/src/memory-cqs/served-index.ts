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

export class ServedIndex implements MemoryStoreProjection {
  readonly #listener: IndexListener;
  #current: PaymentIndex = createPaymentIndex();
  #next: PaymentIndex | null = null;

  constructor(listener: IndexListener = silent) {
    this.#listener = listener;
  }

  get current(): PaymentIndex {
    return this.#current;
  }

  clear(): void {
    this.#current = createPaymentIndex();
    this.#next = null;
    this.#listener.replaced();
  }

  apply(document: PaymentDocument): void {
    this.#current.apply(document);
    this.#next?.apply(document);
    this.#listener.changed(document);
  }

  /** An index beside the one that answers: it gets every change as well, until it is taken or dropped. */
  prepare(): PaymentIndex {
    this.#next = createPaymentIndex();
    return this.#next;
  }

  /** From now on this one answers, unless another one was prepared meanwhile. @returns whether it does. */
  take(prepared: PaymentIndex): boolean {
    if (this.#next !== prepared) return false;
    this.#current = prepared;
    this.#next = null;
    this.#listener.replaced();
    return true;
  }

  drop(prepared: PaymentIndex): void {
    if (this.#next === prepared) this.#next = null;
  }
}
