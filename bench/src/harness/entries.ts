// Entries to commit: new payments, decided as the write model decides them.

import { createUuidV7Ids, paymentIdFor, systemClock, type CommitEntry, type WriteOrder } from '@paystrata/application';
import {
  decide,
  evolveAll,
  parseCommandId,
  parseCurrency,
  parseOrganizationId,
  parseSubjectId,
} from '@paystrata/domain';

const ids = createUuidV7Ids(systemClock);

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a value of the benchmark is malformed');
  return value;
}

const organizationId = known(parseOrganizationId('bench'));
const currency = known(parseCurrency('EUR'));

/** One creation each, of a payment of its own. */
export function creationEntries(count: number): readonly CommitEntry[] {
  return creationOrders(count).map(entryOf);
}

/** The same as they come to the write model. */
export function creationOrders(count: number): readonly WriteOrder[] {
  return Array.from({ length: count }, (_, n) => creationOrder(n));
}

function creationOrder(n: number): WriteOrder {
  const paymentId = paymentIdFor(organizationId, null, ids);
  const commandId = known(parseCommandId(ids.next()));
  return {
    organizationId,
    paymentId,
    commandId,
    command: {
      type: 'CreatePayment',
      now: systemClock.now(),
      paymentId,
      organizationId,
      amount: { amount: BigInt(n + 1), currency },
      maxAmount: 10n ** 12n,
      reference: null,
      userId: null,
      workflowId: null,
      resourceIds: [],
      subject: known(parseSubjectId(paymentId)),
      personal: { customer: { name: 'Ada', email: null }, description: `bill ${n}`, metadata: {} },
      createdAt: null,
    },
    expectedVersion: null,
    actor: 'bench',
    userId: null,
    correlationId: commandId,
    causationId: null,
    metadata: {},
  };
}

function entryOf({ command, expectedVersion: _, ...order }: WriteOrder): CommitEntry {
  const decision = decide(command, null);
  if (!decision.accepted) throw new Error(decision.rejection.message);
  const events = decision.events.map((event, index) => ({
    ...event,
    ...order,
    eventId: ids.next(),
    schemaVersion: 1,
    version: index + 1,
  }));
  const payment = evolveAll(null, decision.events);
  if (payment === null) throw new Error('no payment');
  const { organizationId: organization, paymentId, commandId } = order;
  return { organizationId: organization, paymentId, commandId, expectedVersion: 0, events, payment };
}
