// Keeping what is derived equal to what is recorded, while serving.

import type { Instant, OrganizationId, PaymentId } from '@paystrata/domain';
import type { KeptRoot } from '../integrity/seal.ts';

/** One payment, one organization, or all. */
export type MaintenanceScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'organization'; readonly organizationId: OrganizationId }
  | { readonly kind: 'payment'; readonly organizationId: OrganizationId; readonly paymentId: PaymentId };

/** How far a run is; `total` is null while it is not known. */
export interface Progress {
  readonly done: number;
  readonly total: number | null;
}

export interface MaintenanceOptions {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
  /** With `archive`: events from before this moment. Absent: what the configuration calls old. */
  readonly before?: Instant;
  /** With `verify` of everything: a root that was kept elsewhere, to be found in the log again. */
  readonly keptRoot?: KeptRoot;
  /** With `verify` of everything: seal what is not sealed yet, where nothing differs. */
  readonly seal?: boolean;
}

export const maintenanceActions = ['verify', 'repair', 'rebuild', 'synchronize', 'optimize', 'archive'] as const;
export type MaintenanceAction = (typeof maintenanceActions)[number];

/** A place where derived data was not what the log says, or the log not what was written. */
export interface Difference {
  /** Null where it is about no organization, such as a segment or a seal. */
  readonly organizationId: OrganizationId | null;
  /** Null where it is about no payment. */
  readonly paymentId: PaymentId | null;
  /** Names what differs where it is no payment: the stream, event, segment or seal. */
  readonly problem: string;
}

export interface MaintenanceReport {
  readonly action: MaintenanceAction;
  /** Payments, documents or segments that were looked at. */
  readonly checked: number;
  readonly changed: number;
  /** At most a thousand; `differing` counts all. */
  readonly differences: readonly Difference[];
  readonly differing: number;
  /** With `verify` of everything: the newest sealed root, as `HEX@POSITION`. Whoever keeps it elsewhere can prove the log by it. */
  readonly root?: string;
  /** With `archive`: what was moved took so many bytes before, and takes so many now. */
  readonly bytes?: { readonly before: number; readonly after: number };
}

export interface Maintenance {
  /** Which of the actions this strategy has; the others fail with `CAPABILITY_MISSING`. */
  readonly actions: readonly MaintenanceAction[];
  run(action: MaintenanceAction, scope: MaintenanceScope, options?: MaintenanceOptions): Promise<MaintenanceReport>;
}
