// The payments that a log tells of, kept in memory by folding its events.

import { dueEffects, evolve, type OrganizationId, type PaymentId } from '@paystrata/domain';
import type { PaymentKey, RecordedEvent } from '../events/recorded-event.ts';
import { PortFailure } from '../ports/failures.ts';
import type { PaymentDocument } from './answers.ts';
import { compareCodePoints } from './code-point-order.ts';

export interface PaymentDocuments {
  /**
   * Folds the next event of the log; one that was folded already is left alone.
   *
   * @throws PortFailure `STORE_DAMAGED` where it does not follow upon the payment's events so far.
   */
  apply(event: RecordedEvent): void;
  get(key: PaymentKey): PaymentDocument | null;
  /** In no order that may be relied on. */
  of(organizationId: OrganizationId): Iterable<PaymentDocument>;
  /** Payments that wait for the gateway, in the order of organization and id. */
  awaitingGateway(after: PaymentKey | null, limit: number): readonly PaymentKey[];
  count(): number;
  clear(): void;
}

export function createPaymentDocuments(): PaymentDocuments {
  const organizations = new Map<OrganizationId, Map<PaymentId, PaymentDocument>>();
  const awaiting = new Map<string, PaymentKey>();
  const get = ({ organizationId, paymentId }: PaymentKey) => organizations.get(organizationId)?.get(paymentId) ?? null;
  return {
    get,
    apply: (event) => {
      const before = get(event);
      if (before !== null && event.version <= before.payment.version) return;
      const document = followDocument(before, event);
      const { organizationId, paymentId } = event;
      const documents = organizations.get(organizationId) ?? new Map<PaymentId, PaymentDocument>();
      organizations.set(organizationId, documents.set(paymentId, document));
      if (dueEffects(document.payment).length === 0) awaiting.delete(`${organizationId}/${paymentId}`);
      else awaiting.set(`${organizationId}/${paymentId}`, { organizationId, paymentId });
    },
    of: (organizationId) => organizations.get(organizationId)?.values() ?? [],
    awaitingGateway: (after, limit) =>
      [...awaiting.values()]
        .filter((key) => after === null || compareKeys(key, after) > 0)
        .sort(compareKeys)
        .slice(0, limit),
    count: () => organizations.values().reduce((sum, documents) => sum + documents.size, 0),
    clear: () => {
      organizations.clear();
      awaiting.clear();
    },
  };
}

/** The order of keys: by organization, then by payment. */
export function compareKeys(a: PaymentKey, b: PaymentKey): number {
  return compareCodePoints(a.organizationId, b.organizationId) || compareCodePoints(a.paymentId, b.paymentId);
}

/** The document after one more event. @throws PortFailure `STORE_DAMAGED` where it does not follow upon those before. */
export function followDocument(before: PaymentDocument | null, event: RecordedEvent): PaymentDocument {
  const expected = (before?.payment.version ?? 0) + 1;
  if (event.version !== expected) {
    throw damaged(event, `version ${event.version} comes where ${expected} is due`);
  }
  try {
    return { payment: evolve(before?.payment ?? null, event), position: event.position };
  } catch (error) {
    throw damaged(event, 'the event does not fit the payment', error);
  }
}

function damaged({ position, paymentId, organizationId }: RecordedEvent, problem: string, cause?: unknown) {
  return new PortFailure('STORE_DAMAGED', `the log at position ${position}, payment ${paymentId}: ${problem}`, {
    cause,
    details: { position, paymentId, organizationId },
  });
}
