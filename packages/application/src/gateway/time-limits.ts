// How long calls to the outside may take. A call that is answered before the event loop turns costs no timer.

import type { Clock } from '../ports/clock.ts';
import { isPromise, type Soon } from '../ports/soon.ts';

/** Why calls and timers are ended; made once, because making errors is slow. */
const tooLate = new Error('nobody waits for it any more');
const notNeeded = new Error('it was answered in time');

export class TimeLimits {
  readonly #clock: Clock;
  readonly #milliseconds: number;
  /** Calls that have no timer yet. */
  readonly #fresh = new Set<OpenCall>();
  #isScheduled = false;
  /** For the next call. One that was answered at once has no use for its signal any more: the next one gets it. */
  #spare = new AbortController();

  constructor(clock: Clock, milliseconds: number) {
    this.#clock = clock;
    this.#milliseconds = milliseconds;
  }

  /**
   * @param call gets a signal that is aborted when time is up; what it answers or throws afterwards is dropped.
   * @returns what the call answers, at once where it does; null where time was up before. Throws or rejects as the call
   * does.
   */
  run<Answer>(call: (signal: AbortSignal) => Soon<Answer>): Answer | Promise<Answer | null> {
    const controller = this.#spare;
    const answer = call(controller.signal);
    if (!isPromise(answer)) return answer;
    this.#spare = new AbortController();
    return this.#limited(answer, controller);
  }

  #limited<Answer>(answer: Promise<Answer>, controller: AbortController): Promise<Answer | null> {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        controller.abort(tooLate);
        resolve(null);
      };
      const open = new OpenCall(this.#clock.now() + this.#milliseconds, giveUp);
      const end = () => {
        this.#fresh.delete(open);
        open.stopTimer();
      };
      this.#fresh.add(open);
      this.#scheduleTimers();
      answer.then(
        (known) => {
          end();
          resolve(known);
        },
        (error: Error) => {
          end();
          reject(error);
        },
      );
    });
  }

  #scheduleTimers(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      for (const open of this.#fresh) open.startTimer(this.#clock);
      this.#fresh.clear();
    });
  }
}

class OpenCall {
  readonly #until: number;
  readonly #giveUp: () => void;
  #timer: AbortController | null = null;

  constructor(until: number, giveUp: () => void) {
    this.#until = until;
    this.#giveUp = giveUp;
  }

  startTimer(clock: Clock): void {
    this.#timer = new AbortController();
    const left = Math.max(0, this.#until - clock.now());
    clock.sleep(left, this.#timer.signal).then(this.#giveUp, () => undefined);
  }

  stopTimer(): void {
    this.#timer?.abort(notNeeded);
  }
}
