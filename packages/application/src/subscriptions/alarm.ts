// A pause that can be ended from outside.

import type { Clock } from '../ports/clock.ts';

export class Alarm {
  readonly #clock: Clock;
  #sleeping: AbortController | null = null;
  #rung = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Ends the pause, or the next one where there is none now. */
  ring(): void {
    if (this.#sleeping === null) this.#rung = true;
    else this.#sleeping.abort();
  }

  async sleep(milliseconds: number): Promise<void> {
    if (this.#rung) {
      this.#rung = false;
      return;
    }
    const sleeping = new AbortController();
    this.#sleeping = sleeping;
    try {
      await this.#clock.sleep(milliseconds, sleeping.signal);
    } catch (error) {
      if (!sleeping.signal.aborted) throw error;
    } finally {
      this.#sleeping = null;
    }
  }
}
