// The part that views without an index share: the payments as they were projected, to be subtracted when they change.

import type { PaymentDocument } from '@paystrata/application';
import type { OrganizationId, Payment } from '@paystrata/domain';
import { ShardedMap } from '../../payment-index/sharded-map.ts';
import type { View } from './view.ts';

/** What a view makes of the payments of one organization. */
export interface Tally {
  /** Null: it was not there, or is no more. */
  change(before: Payment | null, after: Payment | null): void;
}

interface Kept<T extends Tally> {
  readonly documents: ShardedMap<PaymentDocument>;
  readonly tally: T;
}

export interface KeptDocuments<T extends Tally> extends View {
  /** Undefined where the organization has no payments. */
  tally(organizationId: OrganizationId): T | undefined;
}

export function keepDocuments<T extends Tally>(createTally: () => T): KeptDocuments<T> {
  const organizations = new Map<OrganizationId, Kept<T>>();
  return {
    tally: (organizationId) => organizations.get(organizationId)?.tally,
    get: ({ organizationId, paymentId }) => organizations.get(organizationId)?.documents.get(paymentId) ?? null,
    apply: (document) => {
      const { payment } = document;
      const kept = organizations.get(payment.organizationId) ?? { documents: new ShardedMap(), tally: createTally() };
      const before = kept.documents.get(payment.id)?.payment ?? null;
      kept.tally.change(before, payment);
      kept.documents.set(payment.id, document);
      organizations.set(payment.organizationId, kept);
    },
    remove: ({ organizationId, paymentId }) => {
      const kept = organizations.get(organizationId);
      const document = kept?.documents.get(paymentId);
      if (kept === undefined || document === undefined) return false;
      kept.tally.change(document.payment, null);
      kept.documents.delete(paymentId);
      if (kept.documents.size === 0) organizations.delete(organizationId);
      return true;
    },
    documents: (organizationId) => organizations.get(organizationId)?.documents.values() ?? [],
    organizations: () => [...organizations.keys()],
    size: (organizationId) => {
      if (organizationId !== undefined) return organizations.get(organizationId)?.documents.size ?? 0;
      return organizations.values().reduce((sum, { documents }) => sum + documents.size, 0);
    },
    compact: () => true,
  };
}
