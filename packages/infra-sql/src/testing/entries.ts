// Entries for the tests of stores: real decisions of the domain in the envelopes that the write side gives them.

import { createUuidV7Ids, systemClock, type CommitEntry, type PendingEvent } from '@paystrata/application';
import {
  decide,
  evolveAll,
  instantOf,
  money,
  parseCommandId,
  parseCurrency,
  parseOrganizationId,
  parsePaymentId,
  parseSubjectId,
  type CommandId,
  type OrganizationId,
  type Payment,
  type PaymentCommand,
  type PaymentId,
  type PaymentState,
  type SubjectId,
} from '@paystrata/domain';

/** @throws Error where a test expected a value and there is none. */
export function known<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the test expected a value here');
  return value;
}

export const acme = known(parseOrganizationId('acme'));
export const globex = known(parseOrganizationId('globex'));
const eur = known(parseCurrency('EUR'));

const ids = createUuidV7Ids(systemClock);

export function newPaymentId(): PaymentId {
  return known(parsePaymentId(ids.next()));
}

export function newCommandId(): CommandId {
  return known(parseCommandId(ids.next()));
}

export interface NewPayment {
  readonly organizationId?: OrganizationId;
  readonly paymentId?: PaymentId;
  readonly subject?: SubjectId;
  readonly description?: string | null;
  readonly commandId?: CommandId;
}

const now = instantOf(1_760_000_000_000);

/** The entry that creates a payment of 100.00 EUR. */
export function creation(options: NewPayment = {}): CommitEntry {
  const { organizationId = acme, paymentId = newPaymentId(), description = 'Ada Lovelace, engine time' } = options;
  return entryFor(
    { organizationId, paymentId },
    null,
    {
      type: 'CreatePayment',
      now,
      paymentId,
      organizationId,
      amount: money(10_000n, eur),
      maxAmount: 10n ** 12n,
      reference: null,
      userId: null,
      workflowId: null,
      resourceIds: [],
      subject: options.subject ?? known(parseSubjectId(paymentId)),
      personal: { customer: null, description, metadata: {} },
      createdAt: null,
    },
    options.commandId,
  );
}

/** The entry that changes a payment's metadata, which is allowed at any time. */
export function noting(payment: Payment, note: string, commandId?: CommandId): CommitEntry {
  return entryFor(
    { organizationId: payment.organizationId, paymentId: payment.id },
    payment,
    {
      type: 'UpdatePayment',
      now,
      stated: { amount: null, currency: null },
      maxAmount: 10n ** 12n,
      personal: { metadata: { note } },
    },
    commandId,
  );
}

/** The entry that cancels a payment, which touches no personal data. */
export function cancelling(payment: Payment): CommitEntry {
  const { organizationId, id: paymentId } = payment;
  return entryFor({ organizationId, paymentId }, payment, { type: 'CancelPayment', now, reason: 'a test' });
}

/** The entry that erases a payment's personal data. */
export function erasing(payment: Payment): CommitEntry {
  const { organizationId, id: paymentId } = payment;
  return entryFor({ organizationId, paymentId }, payment, { type: 'ErasePersonalData', now });
}

function entryFor(
  key: { organizationId: OrganizationId; paymentId: PaymentId },
  state: PaymentState,
  command: PaymentCommand,
  commandId = newCommandId(),
): CommitEntry {
  const decision = decide(command, state);
  if (!decision.accepted) throw new Error(`the test's command was refused: ${decision.rejection.message}`);
  const expectedVersion = state?.version ?? 0;
  const events = decision.events.map((event, index): PendingEvent => ({
    ...event,
    ...key,
    eventId: ids.next(),
    schemaVersion: 1,
    version: expectedVersion + index + 1,
    actor: 'test',
    userId: null,
    correlationId: 'test',
    causationId: null,
    commandId,
    metadata: {},
  }));
  return { ...key, commandId, expectedVersion, events, payment: known(evolveAll(state, events)) };
}
