// What a process wrote last, so that one which ends right after a write leaves a projection that has it.

import { setTimeout as pause } from 'node:timers/promises';
import type { Loaded, PaymentKey, Receipt } from '@paystrata/application';

/** Only these may not be projected yet: far more than what is ever in flight. */
const MOST = 1000;
const EVERY_MS = 10;

export class RecentWrites {
  readonly #versions = new Map<string, PaymentKey & { readonly version: number }>();

  note({ organizationId, paymentId, version }: Receipt): void {
    const name = `${organizationId}/${paymentId}`;
    this.#versions.delete(name);
    this.#versions.set(name, { organizationId, paymentId, version });
    const [oldest] = this.#versions.keys();
    if (this.#versions.size > MOST && oldest !== undefined) this.#versions.delete(oldest);
  }

  /** Resolves once all are projected, or after that time: then the next worker goes on. */
  async projected(load: (key: PaymentKey) => Promise<Loaded>, withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs;
    for (const { version, ...key } of this.#versions.values()) {
      while (((await load(key)).payment?.version ?? 0) < version) {
        if (performance.now() > deadline) return;
        await pause(EVERY_MS);
      }
    }
    this.#versions.clear();
  }
}
