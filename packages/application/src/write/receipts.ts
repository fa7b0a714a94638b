// Receipts: of what was just committed, and of what a command did when it came for the first time.

import { evolveAll, type CommandId, type Payment } from '@paystrata/domain';
import type { PaymentKey, PendingEvent, RecordedEvent } from '../events/recorded-event.ts';
import type { CommitEntry, CommitResult, LogRequest, PaymentStore } from '../ports/payment-store.ts';
import type { Receipt } from '../ports/write-model.ts';

/** What a store answers to an entry that it stored. */
export type Committed = Extract<CommitResult, { readonly outcome: 'committed' }>;

/** The receipt of an entry that was stored. */
export function receiptOf(entry: CommitEntry, { position, events }: Committed, epoch: string): Receipt {
  const { organizationId, paymentId, payment } = entry;
  const { version } = payment;
  return {
    organizationId,
    paymentId,
    version,
    payment,
    position: { epoch, organizationId, paymentId, version, position },
    events: events ?? recorded(entry.events, position),
    replayed: false,
  };
}

function recorded(events: readonly PendingEvent[], last: number): readonly RecordedEvent[] {
  const first = last - events.length + 1;
  return events.map((event, index) => ({ ...event, position: first + index }));
}

/** The receipt of a command that found nothing to change. */
export function receiptOfNothing(payment: Payment, epoch: string): Receipt {
  const { organizationId, id: paymentId, version } = payment;
  const position = { epoch, organizationId, paymentId, version, position: null };
  return { organizationId, paymentId, version, payment, position, events: [], replayed: false };
}

/**
 * The receipt of a command that the stream has already. A command that started an attempt or a refund is shown with
 * what became of it, as far as that is known.
 *
 * @param stream all events of the payment, in order.
 */
export function replayedReceipt(
  key: PaymentKey,
  stream: readonly RecordedEvent[],
  commandId: CommandId,
  epoch: string,
): Receipt {
  const own = stream.filter((event) => event.commandId === commandId);
  const last = own.at(-1);
  if (last === undefined) throw new Error(`command ${commandId} is not in the stream of payment ${key.paymentId}`);
  const outcome = own.map((event) => outcomeOf(event, stream)).find((event) => event !== undefined);
  const shown = outcome === undefined || outcome.version < last.version ? last : outcome;
  const payment = evolveAll(null, stream.slice(0, shown.version));
  if (payment === null) throw new Error('a stream without events');
  const { organizationId, paymentId } = key;
  const { version, position } = shown;
  return {
    organizationId,
    paymentId,
    version,
    payment,
    position: { epoch, organizationId, paymentId, version, position },
    events: outcome === undefined || own.includes(outcome) ? own : [...own, outcome],
    replayed: true,
  };
}

/** The first event that says what became of it: the gateway's answer, or the word of a person who settled it. */
function outcomeOf(event: RecordedEvent, stream: readonly RecordedEvent[]): RecordedEvent | undefined {
  if (event.type === 'PaymentProcessingStarted') {
    const { attemptId } = event.data;
    return stream.find(
      ({ type, data }) =>
        ((type === 'PaymentProcessed' || type === 'PaymentFailed') && data.attemptId === attemptId) ||
        (type === 'PaymentSettled' && data.item.id === attemptId),
    );
  }
  if (event.type === 'RefundRequested') {
    const { refundId } = event.data;
    return stream.find(
      ({ type, data }) =>
        ((type === 'PaymentRefunded' || type === 'RefundFailed') && data.refundId === refundId) ||
        (type === 'PaymentSettled' && data.item.id === refundId),
    );
  }
  return undefined;
}

/** All events of one payment, in order. */
export async function readStream(
  store: Pick<PaymentStore, 'readAll'>,
  key: PaymentKey,
): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  let request: LogRequest = { direction: 'forward', from: null, limit: 1000, ...pick(key) };
  for (;;) {
    const page = await store.readAll(request);
    events.push(...page.events);
    if (page.end) return events;
    request = { ...request, from: page.next };
  }
}

function pick({ organizationId, paymentId }: PaymentKey): PaymentKey {
  return { organizationId, paymentId };
}
