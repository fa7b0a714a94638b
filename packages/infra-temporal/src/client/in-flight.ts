// Bounds the calls in flight: of all payments together, and of one payment, whose workflow takes ten updates at once.

/** Below the server's limit of ten (`history.maxInFlightUpdates`): other processes want some, too. */
const EACH_PAYMENT = 6;

export class InFlight {
  readonly #all: Gate;
  readonly #payments = new Map<string, Gate>();

  constructor(most: number) {
    this.#all = new Gate(most);
  }

  /** Resolves once nothing is in flight or waits for its turn. */
  drained(): Promise<void> {
    return this.#all.drained();
  }

  /** Runs the work once there is room for it, first come first served. */
  async run<T>(payment: string, work: () => Promise<T>): Promise<T> {
    const gate = this.#payments.get(payment) ?? new Gate(EACH_PAYMENT);
    this.#payments.set(payment, gate);
    try {
      return await gate.run(() => this.#all.run(work));
    } finally {
      if (gate.idle) this.#payments.delete(payment);
    }
  }
}

class Gate {
  readonly #waiting: (() => void)[] = [];
  readonly #most: number;
  readonly #leaving: (() => void)[] = [];
  #inside = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get idle(): boolean {
    return this.#inside === 0 && this.#waiting.length === 0;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside >= this.#most) await new Promise<void>((enter) => this.#waiting.push(enter));
    else this.#inside++;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#inside--;
      else next();
      if (this.idle) for (const leave of this.#leaving.splice(0)) leave();
    }
  }

  async drained(): Promise<void> {
    while (!this.idle) await new Promise<void>((leave) => this.#leaving.push(leave));
  }
}
