// Entries to commit: new payments, decided as the write model decides them.

import { createUuidV7Ids, paymentIdFor, systemClock, type CommitEntry } from '@paystrata/application';
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
  return Array.from({ length: count }, (_, n) => creationEntry(n));
}

function creationEntry(n: number): CommitEntry {
  const paymentId = paymentIdFor(organizationId, null, ids);
  const commandId = known(parseCommandId(ids.next()));
  const personal = { customer: { name: 'Ada', email: null }, description: `bill ${n}`, metadata: {} };
  const decision = decide(
    {
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
      personal,
      createdAt: null,
    },
    null,
  );
  if (!decision.accepted) throw new Error(decision.rejection.message);
  const envelope = {
    organizationId,
    paymentId,
    commandId,
    actor: 'bench',
    userId: null,
    causationId: null,
    metadata: {},
  };
  const events = decision.events.map((event, index) => ({
    ...event,
    ...envelope,
    eventId: ids.next(),
    schemaVersion: 1,
    version: index + 1,
    correlationId: commandId,
  }));
  const payment = evolveAll(null, decision.events);
  if (payment === null) throw new Error('no payment');
  return { organizationId, paymentId, commandId, expectedVersion: 0, events, payment };
}
