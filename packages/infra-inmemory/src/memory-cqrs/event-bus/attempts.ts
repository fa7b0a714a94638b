// Calls of a handler, each of which is given up when it takes too long.

import type { Clock, RecordedEvent } from '@paystrata/application';

/** What a handler is told beside the event. */
export interface HandlerContext {
  /** For commands that the handler gives; the write model fills them in where they are not given. */
  readonly correlationId: string;
  readonly causationId: string;
  /** From 1. */
  readonly attempt: number;
  /** Aborted when the strategy stops, and when the handler has taken too long. */
  readonly signal: AbortSignal;
}

export type BusHandler = (event: RecordedEvent, context: HandlerContext) => Promise<void>;

/** A handler did not end. It may still be at work: to call it again would be to have it at work twice. */
export class HandlerTimedOut extends Error {
  constructor(timeoutMs: number) {
    super(`the handler did not end within ${timeoutMs} ms; it may still be at work`);
    this.name = 'HandlerTimedOut';
  }
}

/** Looks so often in the time that a handler has: who is there at one look more has had it. */
const LOOKS = 4;

export class Attempts {
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #atWork = new Set<Attempt>();
  #isLooking = false;

  constructor(clock: Clock, timeoutMs: number) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Ends with the handler, or between once and one and a quarter times the time it has.
   *
   * @throws what the handler throws, or HandlerTimedOut
   */
  async run(event: RecordedEvent, number: number, stop: AbortSignal, handle: BusHandler): Promise<void> {
    const attempt = new Attempt(event, number, stop);
    this.#atWork.add(attempt);
    if (!this.#isLooking) void this.#look(stop);
    try {
      await Promise.race([handle(event, attempt), attempt.late]);
    } finally {
      this.#atWork.delete(attempt);
    }
  }

  /** One timer for all handlers of a subscription; it counts looks, for the time of day may jump. */
  async #look(stop: AbortSignal): Promise<void> {
    this.#isLooking = true;
    try {
      while (this.#atWork.size > 0) {
        await this.#clock.sleep(this.#timeoutMs / LOOKS, stop);
        for (const attempt of this.#atWork) if (attempt.seen++ === LOOKS) attempt.giveUp(this.#timeoutMs);
      }
    } catch (error) {
      if (!stop.aborted) throw error;
    } finally {
      this.#isLooking = false;
    }
  }
}

class Attempt implements HandlerContext {
  readonly correlationId: string;
  readonly causationId: string;
  readonly attempt: number;
  /** Rejects where the handler takes too long. */
  readonly late: Promise<never>;
  /** How often it was seen at work. */
  seen = 0;
  readonly #stop: AbortSignal;
  #reject: (error: HandlerTimedOut) => void = () => undefined;
  #own: { readonly late: AbortController; readonly signal: AbortSignal } | null = null;

  constructor({ correlationId, eventId }: RecordedEvent, attempt: number, stop: AbortSignal) {
    this.correlationId = correlationId;
    this.causationId = eventId;
    this.attempt = attempt;
    this.#stop = stop;
    this.late = new Promise((_, reject) => {
      this.#reject = reject;
    });
  }

  /** Made for who asks: most handlers do not. */
  get signal(): AbortSignal {
    if (this.#own === null) {
      const late = new AbortController();
      this.#own = { late, signal: AbortSignal.any([this.#stop, late.signal]) };
    }
    return this.#own.signal;
  }

  giveUp(timeoutMs: number): void {
    const error = new HandlerTimedOut(timeoutMs);
    this.#own?.late.abort(error);
    this.#reject(error);
  }
}
