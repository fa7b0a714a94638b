// Wakes those who follow the log after a commit: soon after a single one, and now and then while commits go on.

/** So that those of a moment come together. */
const REST_MS = 15;
/** Larger batches cost less, and most writes meet none of them. */
const PACE_MS = 200;

export class Pacer {
  readonly #wake: () => void;
  #timer: NodeJS.Timeout | null = null;
  #woken = -Infinity;

  constructor(wake: () => void) {
    this.#wake = wake;
  }

  /** Something was committed. */
  ring(): void {
    if (this.#timer !== null) return;
    const rest = Math.max(REST_MS, this.#woken + PACE_MS - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#woken = performance.now();
      this.#wake();
    }, rest).unref();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
