// A projection as an operator sees it.

import type { MaintenanceOptions } from '@paystrata/application';

export interface ProjectionStatus {
  readonly name: string;
  /** Everything committed up to here is in its answers. */
  readonly checkpoint: number;
  /** Committed events that are not in its answers yet. */
  readonly lag: number;
  /** How long the first of them has been waiting, in milliseconds. */
  readonly lagMs: number;
  /** From commit to projection, of the events so far, in milliseconds. */
  readonly lagP99Ms: number;
  readonly paused: boolean;
  readonly rebuilding: boolean;
  /** Why it stands still; null while it works. `resume` tries again, `rebuild` begins anew. */
  readonly problem: string | null;
}

/** What an operator may do with a projection. */
export interface ProjectionControl {
  status(): ProjectionStatus;
  /** Answers stay as they are; those that need a later position time out. */
  pause(): void;
  resume(): void;
  /** Folds the whole log beside the view that answers, and swaps once it has come as far. @returns the payments. */
  rebuild(options?: MaintenanceOptions): Promise<number>;
}
