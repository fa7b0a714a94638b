// Keeping what is derived equal to what is recorded, while serving.

import type { OrganizationId, PaymentId } from '@paystrata/domain';

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
}

export const maintenanceActions = ['verify', 'repair', 'rebuild', 'synchronize', 'optimize', 'archive'] as const;
export type MaintenanceAction = (typeof maintenanceActions)[number];

/** A place where derived data was not what the log says. */
export interface Difference {
  readonly organizationId: OrganizationId;
  readonly paymentId: PaymentId;
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
}

export interface Maintenance {
  /** Which of the actions this strategy has; the others fail with `CAPABILITY_MISSING`. */
  readonly actions: readonly MaintenanceAction[];
  run(action: MaintenanceAction, scope: MaintenanceScope, options?: MaintenanceOptions): Promise<MaintenanceReport>;
}
