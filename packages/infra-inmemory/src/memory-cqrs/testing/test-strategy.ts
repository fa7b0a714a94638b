// memory-cqrs for tests: started, with short ways to give orders and to ask.

import {
  createUuidV7Ids,
  everyPayment,
  paymentIdFor,
  systemClock,
  type Position,
  type ReadContext,
  type Receipt,
  type SearchPayments,
  type Strategy,
  type WriteOrder,
  type WriteResult,
} from '@paystrata/application';
import { acme, known } from '@paystrata/conformance/random-payments';
import {
  noPersonalData,
  parseCommandId,
  parseCurrency,
  parseSubjectId,
  type OrganizationId,
  type PaymentCommand,
  type PaymentId,
  type PersonalData,
} from '@paystrata/domain';
import { createMemoryCqrsStrategy, type MemoryCqrsDependencies } from '../memory-cqrs.ts';

export interface Created {
  readonly organizationId?: OrganizationId;
  readonly personal?: Partial<PersonalData>;
  readonly reference?: string | null;
}

const ids = createUuidV7Ids(systemClock);

export async function startStrategy(dependencies: Partial<MemoryCqrsDependencies> = {}) {
  const strategy = createMemoryCqrsStrategy({ clock: systemClock, ids, ...dependencies });
  await strategy.start();
  return strategy;
}

export function creation({ organizationId = acme, personal = {}, reference = null }: Created = {}): WriteOrder {
  const paymentId = paymentIdFor(organizationId, reference, ids);
  return order(organizationId, paymentId, {
    ...{ type: 'CreatePayment', now: systemClock.now(), paymentId, organizationId, maxAmount: 1000n, reference },
    amount: { amount: 100n, currency: known(parseCurrency('EUR')) },
    ...{ userId: null, workflowId: null, resourceIds: [], createdAt: null },
    ...{ subject: known(parseSubjectId('customer-1')), personal: { ...noPersonalData, ...personal } },
  });
}

export function describing(paymentId: PaymentId, description: string, organizationId = acme): WriteOrder {
  const stated = { amount: null, currency: null };
  const command = { type: 'UpdatePayment', now: systemClock.now(), stated, maxAmount: 1000n } as const;
  return order(organizationId, paymentId, { ...command, personal: { description } });
}

export function noting(paymentId: PaymentId, metadata: Record<string, string>, organizationId = acme): WriteOrder {
  const stated = { amount: null, currency: null };
  const command = { type: 'UpdatePayment', now: systemClock.now(), stated, maxAmount: 1000n } as const;
  return order(organizationId, paymentId, { ...command, personal: { metadata } });
}

export function erasing(paymentId: PaymentId): WriteOrder {
  return order(acme, paymentId, { type: 'ErasePersonalData', now: systemClock.now() });
}

export async function done(strategy: Pick<Strategy, 'write'>, given: WriteOrder): Promise<Receipt> {
  return accepted(await strategy.write.execute(given));
}

export function accepted(result: WriteResult): Receipt {
  if (!result.ok) throw new Error(result.rejection.message);
  return result.receipt;
}

export function reading(atLeast: Position | null, timeoutMs = 5000, organizationId = acme): ReadContext {
  return { organizationId, atLeast, timeoutMs };
}

export const newest: SearchPayments = {
  ...{ type: 'SearchPayments', filter: everyPayment, limit: 10, cursor: null, page: null },
  sort: { by: 'created', descending: true },
};

/** Awaits the condition; the test's own time-out ends it. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

function order(organizationId: OrganizationId, paymentId: PaymentId, command: PaymentCommand): WriteOrder {
  return {
    ...{ organizationId, paymentId, command, commandId: known(parseCommandId(ids.next())), expectedVersion: null },
    ...{ actor: 'test', userId: null, correlationId: ids.next(), causationId: null, metadata: {} },
  };
}
