// What a projection keeps of payments, whichever questions it is made for.

import type { PaymentDocument, PaymentKey } from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';

export interface View {
  get(key: PaymentKey): PaymentDocument | null;
  /** Inserts a payment, or replaces an older version. */
  apply(document: PaymentDocument): void;
  /** @returns whether it was there. */
  remove(key: PaymentKey): boolean;
  /** Must be read before anything else is applied. */
  documents(organizationId: OrganizationId): Iterable<PaymentDocument>;
  organizations(): readonly OrganizationId[];
  size(organizationId?: OrganizationId): number;
  /** Gives back what it does not need, in small steps. @returns whether everything was done. */
  compact(steps: number): boolean;
}
