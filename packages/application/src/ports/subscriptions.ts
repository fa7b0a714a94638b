// Where the progress of catch-up subscriptions and projections is kept, so that one process at a time works on each.

/** The right to work on one subscription, until it runs out or somebody else takes over. */
export interface Lease {
  readonly subscription: string;
  readonly owner: string;
  /** Grows with every change of the owner: a checkpoint is moved with the newest only. */
  readonly fencingToken: number;
  /** The last position that was worked on; 0 at the beginning. */
  readonly checkpoint: number;
}

/** An event that a handler failed on for good, or that must wait for one of its stream. */
export interface NewDeadLetter {
  readonly position: number;
  /** Names the event's stream: later events of it wait behind this one. */
  readonly stream: string;
  readonly error: string;
  /** How often the handler failed on it; 0 where it only waits for an earlier event of its stream. */
  readonly attempts: number;
}

export interface DeadLetter extends NewDeadLetter {
  readonly subscription: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Times are those of the store's own clock, the same for all processes: a database's clock, or that of the machine for
 * a file. Names of subscriptions and owners are 1 to 200 visible ASCII characters. Everything may be called again after
 * a lost answer, and throws `PortFailure`s.
 */
export interface SubscriptionStore {
  /** @returns null while another owner has the lease. The owner itself gets its lease again, under the same token. */
  acquire(subscription: string, owner: string, ttlMs: number): Promise<Lease | null>;
  /** Extends. @returns false where the lease was lost: stop at once. */
  renew(lease: Lease, ttlMs: number): Promise<boolean>;
  /**
   * Moves the checkpoint and writes the dead letters, in one transaction that checks the token.
   *
   * @returns false where the lease was lost: nothing was stored.
   */
  advance(lease: Lease, checkpoint: number, deadLetters?: readonly NewDeadLetter[]): Promise<boolean>;
  /** Hands over at once instead of letting it run out. */
  release(lease: Lease): Promise<void>;
  /** 0 where nobody has worked on the subscription. */
  checkpoint(subscription: string): Promise<number>;
  /** Sets the checkpoint of a subscription that nobody works on. @returns false where somebody does. */
  reset(subscription: string, checkpoint: number): Promise<boolean>;
  /** In the order of positions, those after the given one. */
  deadLetters(subscription: string, after: number, limit: number): Promise<readonly DeadLetter[]>;
  /** The position of the first dead letter of a stream; null where it has none. */
  firstDeadLetter(subscription: string, stream: string): Promise<number | null>;
  removeDeadLetter(subscription: string, position: number): Promise<void>;
}
