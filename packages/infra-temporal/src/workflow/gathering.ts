// Calls of the gateway that somebody waits for: what they are about to add to is not yet worth telling the projection and
// the search attributes. Each that is told costs the server an activity and a task of the workflow.

import { condition } from '@temporalio/workflow';

export class Gathering {
  readonly #longestMs: number;
  #calls = 0;

  /** @param longestMs 0: nothing is ever gathered. */
  constructor(longestMs: number) {
    this.#longestMs = longestMs;
  }

  /** True while the answer to a call is expected soon. */
  get isOn(): boolean {
    return this.#calls > 0;
  }

  /** Expects the answer to a call until it is there, or took too long. */
  async until(answered: Promise<void>): Promise<void> {
    if (this.#longestMs === 0) return;
    this.#calls++;
    let isOver = false;
    void answered.finally(() => (isOver = true));
    await condition(() => isOver, this.#longestMs);
    this.#calls--;
  }
}
