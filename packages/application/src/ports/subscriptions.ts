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

/** An event that a handler failed on for good. */
export interface DeadLetter {
  readonly subscription: string;
  readonly position: number;
  readonly error: string;
  readonly attempts: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Times are those of the store's own clock, the same for all processes: a database's clock, or that of the machine for
 * a file. Everything throws `PortFailure`s.
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
  advance(lease: Lease, checkpoint: number, deadLetters?: readonly DeadLetter[]): Promise<boolean>;
  /** Hands over at once instead of letting it run out. */
  release(lease: Lease): Promise<void>;
  checkpoint(subscription: string): Promise<number>;
  /** Sets the checkpoint of a subscription that nobody works on. @returns false where somebody does. */
  reset(subscription: string, checkpoint: number): Promise<boolean>;
  deadLetters(subscription: string, after: number, limit: number): Promise<readonly DeadLetter[]>;
  removeDeadLetter(subscription: string, position: number): Promise<void>;
}
