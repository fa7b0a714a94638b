// One after the other: transactions that share a connection.

export class TurnTaking {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs the work once all that was given before has ended, however it ended. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves once what was given so far has ended. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
