// Puts events of a payment's workflow into a store, in the places where they belong. May be called again with what the
// store has.

import type { CommitEntry, PaymentKey, PaymentStore, PendingEvent } from '@paystrata/application';
import { evolveAll, noPersonalData, type Payment, type PaymentState, type SubjectId } from '@paystrata/domain';
import type { PersonalSeals } from '../personal/personal-seals.ts';
import { sealedUnder } from '../personal/projecting-keyring.ts';
import type { ProjectionMessage, WorkflowEvent } from '../protocol/messages.ts';

type Store = Pick<PaymentStore, 'load' | 'commit'>;

/**
 * Appends the events that follow upon what the store has of the payment, and leaves out those it has.
 *
 * @returns the payment's version there, after that; lower than what was given where events in between are missing.
 * @throws PortFailure as the store's `commit` does.
 */
export async function appendEvents(store: Store, seals: PersonalSeals, message: ProjectionMessage): Promise<number> {
  const { payment } = await store.load(message, null);
  const [first] = missingIn(payment, message);
  if (first === undefined) return payment?.version ?? 0;
  const subject = subjectOf(payment, first);
  // Whoever erased may have died before the key was destroyed.
  for (const event of message.events) await seals.destroyFor(event);
  if (!message.events.some(buildsOnPersonal)) return append(store, seals, message, payment);
  const { organizationId } = message;
  const key = await seals.keyFor(message, subject);
  return sealedUnder({ organizationId, subject, key }, async () =>
    append(store, seals, message, (await store.load(message, null)).payment),
  );
}

/** What follows upon the payment as it is in the store; nothing where events in between are missing. */
function missingIn(payment: PaymentState, { events }: ProjectionMessage): readonly WorkflowEvent[] {
  const version = payment?.version ?? 0;
  const missing = events.filter((event) => event.version > version);
  return missing[0]?.version === version + 1 ? missing : [];
}

/** A change of personal data is projected as what it came to, given what there was. */
function buildsOnPersonal({ type, sealed }: WorkflowEvent): boolean {
  return type === 'PaymentUpdated' && typeof sealed === 'string';
}

async function append(store: Store, seals: PersonalSeals, message: ProjectionMessage, payment: PaymentState) {
  const version = payment?.version ?? 0;
  const missing = missingIn(payment, message);
  const [first] = missing;
  if (first === undefined) return version;
  const { events } = await seals.open(subjectOf(payment, first), missing, payment?.personal ?? noPersonalData);
  const results = await store.commit(entriesOf(message, events, payment));
  let reached = version;
  for (const [index, result] of results.entries()) {
    if (result.outcome === 'failed') throw result.failure;
    if (result.outcome === 'wrong_version') return result.actualVersion;
    if (result.outcome === 'duplicate') reached = Math.max(reached, result.version);
    else reached = lastVersion(events, reached, index);
  }
  return reached;
}

/** The version after the entry of that number: as many as the events of its command. */
function lastVersion(events: readonly PendingEvent[], reached: number, index: number): number {
  return groupsOf(events)[index]?.at(-1)?.version ?? reached;
}

/** One entry a command: it is known again by its id. */
function entriesOf(
  { organizationId, paymentId }: PaymentKey,
  events: readonly PendingEvent[],
  before: PaymentState,
): readonly CommitEntry[] {
  let state = before;
  return groupsOf(events).map((group) => {
    const expectedVersion = state?.version ?? 0;
    const payment = evolveAll(state, group);
    const [first] = group;
    if (payment === null || first === undefined) throw new Error(`payment ${paymentId}: no events to append`);
    state = payment;
    return { organizationId, paymentId, expectedVersion, commandId: first.commandId, events: group, payment };
  });
}

function groupsOf(events: readonly PendingEvent[]): readonly (readonly PendingEvent[])[] {
  const groups: PendingEvent[][] = [];
  for (const event of events) {
    const last = groups.at(-1);
    if (last?.[0]?.commandId === event.commandId) last.push(event);
    else groups.push([event]);
  }
  return groups;
}

/** Whose personal data it is: a payment has one subject for ever. */
function subjectOf(payment: Payment | null, first: WorkflowEvent): SubjectId {
  if (payment !== null) return payment.subject;
  if ('subject' in first.data) return first.data.subject;
  throw new Error(`payment ${first.paymentId} begins with ${first.type}`);
}
