// Timelines: events in words for people, with the time between them.

import { formatDecimal, type DataOf, type Failure, type Item, type Money } from '@paystrata/domain';
import type { RecordedEvent } from '../events/recorded-event.ts';
import type { TimelineEntry } from './event-queries.ts';

/** One line an event, in the order given. */
export function timelineOf(events: Iterable<RecordedEvent>): readonly TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  for (const event of events) {
    const { at, paymentId, version, type, actor, correlationId } = event;
    const before = entries.at(-1)?.at ?? at;
    const gap = Math.max(0, at - before);
    entries.push({ at, paymentId, version, type, text: sentenceOf(event), actor, correlationId, gap });
  }
  return entries;
}

/** What happened, in a few words of English. */
export function sentenceOf(event: RecordedEvent): string {
  switch (event.type) {
    case 'PaymentCreated':
      return `Created: ${terms(event.data)}`;
    case 'PaymentImported':
      return `Imported as settled outside: ${terms(event.data)}`;
    case 'PaymentUpdated':
      return `Updated: ${changes(event.data)}`;
    case 'PaymentProcessingStarted':
      return `Attempt ${event.data.attemptId} started: ${amount(event.data.amount)} by ${event.data.method}`;
    case 'PaymentProcessed':
      return `Attempt ${event.data.attemptId} approved: ${amount(event.data.captured)} captured`;
    case 'PaymentFailed':
      return `Attempt ${event.data.attemptId} declined: ${failure(event.data.failure)}`;
    case 'PaymentCancelled':
      return because('Cancelled', event.data.reason);
    case 'RefundRequested':
      return because(`Refund ${event.data.refundId} requested: ${amount(event.data.amount)}`, event.data.reason);
    case 'PaymentRefunded':
      return `Refund ${event.data.refundId} approved: ${amount(event.data.amount)} given back`;
    case 'RefundFailed':
      return `Refund ${event.data.refundId} declined: ${failure(event.data.failure)}`;
    case 'PaymentParked':
      return parked(event.data);
    case 'PaymentSettled':
      return settled(event.data);
    case 'PaymentDeleted':
      return because('Deleted', event.data.reason);
    case 'PersonalDataErased':
      return 'Personal data erased';
  }
}

function amount(money: Money): string {
  return `${formatDecimal(money)} ${money.currency}`;
}

function terms(data: DataOf<'PaymentCreated'>): string {
  return amount(data.amount) + (data.reference === null ? '' : `, reference ${data.reference}`);
}

function changes({ amount: changed, personal, reopened }: DataOf<'PaymentUpdated'>): string {
  const parts = [
    ...(changed === null ? [] : [`amount ${amount(changed)}`]),
    ...(personal === null ? ['personal data, erased since'] : Object.keys(personal)),
  ];
  return (parts.length === 0 ? 'nothing changed' : parts.join(', ')) + (reopened ? '; pending' : '');
}

function failure({ code, declineCode }: Failure): string {
  return declineCode === null ? code : `${code} (${declineCode})`;
}

function because(what: string, reason: string | null): string {
  return reason === null ? what : `${what}: ${reason}`;
}

function named({ kind, id }: Item): string {
  return `${kind === 'attempt' ? 'Attempt' : 'Refund'} ${id}`;
}

function parked({ item, reason, answered }: DataOf<'PaymentParked'>): string {
  const moved = answered === null ? 'another amount' : amount(answered);
  const reasons = {
    unknown_outcome: 'its outcome stayed unknown',
    amount_mismatch: `the gateway moved ${moved}`,
    late_approval: `the gateway approved ${moved} after it was taken as failed`,
  };
  return `${named(item)} waits for a person: ${reasons[reason]}`;
}

function settled({ item, outcome, amount: moved, reason }: DataOf<'PaymentSettled'>): string {
  return `${named(item)} settled as ${outcome}${moved === null ? '' : `, ${amount(moved)}`}: ${reason}`;
}
