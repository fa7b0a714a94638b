// Keeps a lease alive beside the work, and knows when it is gone.

import type { Clock } from '../ports/clock.ts';
import type { Lease, SubscriptionStore } from '../ports/subscriptions.ts';
import { Alarm } from './alarm.ts';

/** So many renewals in the time of a lease. */
const RENEWALS = 3;

export class LeaseKeeper {
  readonly lease: Lease;
  readonly #store: SubscriptionStore;
  readonly #clock: Clock;
  readonly #leaseMs: number;
  readonly #lost = new AbortController();
  readonly #alarm: Alarm;
  readonly #renewing: Promise<void>;
  #renewedAt: number;
  #stopped = false;

  constructor(lease: Lease, options: { readonly store: SubscriptionStore; readonly clock: Clock; leaseMs: number }) {
    this.lease = lease;
    this.#store = options.store;
    this.#clock = options.clock;
    this.#leaseMs = options.leaseMs;
    this.#alarm = new Alarm(options.clock);
    this.#renewedAt = options.clock.now();
    this.#renewing = this.#keep();
  }

  /** Aborted once the lease is lost. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  lose(): void {
    this.#lost.abort();
  }

  /** Asks again where the time of the lease has passed meanwhile: the process may have stood still. */
  async holds(): Promise<boolean> {
    if (!this.lost.aborted && this.#clock.now() - this.#renewedAt >= this.#leaseMs) {
      await this.#renew().catch(() => this.lose());
    }
    return !this.lost.aborted;
  }

  /** Ends the renewals; the lease stays as it is. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarm.ring();
    await this.#renewing;
  }

  async #keep(): Promise<void> {
    let failures = 0;
    for (;;) {
      await this.#alarm.sleep(this.#leaseMs / RENEWALS);
      if (this.#stopped || this.lost.aborted) return;
      try {
        await this.#renew();
        failures = 0;
      } catch {
        // The store says what is wrong to whoever moves the checkpoint; without an answer the lease has run out by now.
        failures++;
        if (failures >= RENEWALS) this.lose();
      }
    }
  }

  async #renew(): Promise<void> {
    const asked = this.#clock.now();
    if (await this.#store.renew(this.lease, this.#leaseMs)) this.#renewedAt = asked;
    else this.lose();
  }
}
