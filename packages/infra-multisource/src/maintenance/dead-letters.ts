// What a source refused, as maintenance looks at it.

import { PortFailure, type DeadLetter, type MaintenanceScope, type PaymentKey } from '@paystrata/application';
import { parseOrganizationId, parsePaymentId } from '@paystrata/domain';

/** Those of one source. */
export interface DeadLetterBox {
  /** In the order of positions, those after the given one. */
  list(after: number, limit: number): Promise<readonly DeadLetter[]>;
  /** Hands it to the source once more, and forgets it where that succeeds. @throws PortFailure, or what the source threw */
  replay(position: number): Promise<void>;
}

interface AddressedLetter {
  readonly key: PaymentKey | null;
  readonly position: number;
  readonly error: string;
}

const PAGE = 100;

export async function* deadLettersIn(letters: DeadLetterBox, scope: MaintenanceScope): AsyncGenerator<AddressedLetter> {
  for (let after = 0; ;) {
    const page = await letters.list(after, PAGE);
    for (const { stream, position, error } of page) {
      const key = keyOf(stream);
      if (isWithin(scope, key)) yield { key, position, error };
      after = position;
    }
    if (page.length < PAGE) return;
  }
}

/** Null: it worked. @throws what is no refusal but an outage, or a bug */
export async function failureOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof PortFailure) || error.retryable) throw error;
    return error.message;
  }
}

/** Of a stream's name, `organization/payment/id`. */
function keyOf(stream: string): PaymentKey | null {
  const [organization = '', , payment = ''] = stream.split('/');
  const [organizationId, paymentId] = [parseOrganizationId(organization), parsePaymentId(payment)];
  return organizationId === undefined || paymentId === undefined ? null : { organizationId, paymentId };
}

function isWithin(scope: MaintenanceScope, key: PaymentKey | null): boolean {
  if (scope.kind === 'all') return true;
  if (key?.organizationId !== scope.organizationId) return false;
  return scope.kind === 'organization' || key.paymentId === scope.paymentId;
}
