// What was personal in a payment at a version, from where it is cheap to ask: the projected log has it most of the time.

import { setTimeout as pause } from 'node:timers/promises';
import { readLog, type PaymentKey } from '@paystrata/application';
import { noPersonalData, type PaymentState } from '@paystrata/domain';
import type { OpenedEvents, PersonalSeals } from '../personal/personal-seals.ts';
import type { Projection } from '../projection/projection.ts';
import type { WorkflowEvent } from '../protocol/messages.ts';
import type { Records } from './records.ts';

/** Asking a workflow for all its events costs more than waiting so long. */
const PATIENCE_MS = 500;

type OpenAt = (key: PaymentKey, version: number, own: readonly WorkflowEvent[]) => Promise<OpenedEvents>;

/** Opens the events up to a version; those given, and maybe earlier ones. */
export function openerOf({ store }: Pick<Projection, 'store'>, seals: PersonalSeals, records: () => Records): OpenAt {
  return async (key, version, own) => {
    const before = (own[0]?.version ?? version + 1) - 1;
    const payment = await projectedTo(before, key, store);
    const following = (payment?.version ?? 0) + 1;
    if (payment?.version === before && areConsecutive(own)) return seals.open(payment.subject, own, payment.personal);
    const events = payment !== null && following > version ? await projected(store, key, version) : null;
    const all = events ?? (await records().eventsOf(key)).filter((event) => event.version <= version);
    const [first] = all;
    if (first === undefined || !('subject' in first.data)) throw new Error(`payment ${key.paymentId} has no events`);
    return seals.open(first.data.subject, all, noPersonalData);
  };
}

/** The payment as it is projected, given the moment that this mostly takes; after that the record itself is asked. */
async function projectedTo(version: number, key: PaymentKey, store: Projection['store']): Promise<PaymentState> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let wait = 2; ; wait *= 2) {
    const { payment } = await store.load(key, null);
    if ((payment?.version ?? 0) >= version || performance.now() + wait > deadline) return payment;
    await pause(wait);
  }
}

/** They are open in the projected log. */
async function projected(
  store: Projection['store'],
  { organizationId, paymentId }: PaymentKey,
  version: number,
): Promise<readonly WorkflowEvent[]> {
  const events: WorkflowEvent[] = [];
  for await (const event of readLog(store, { organizationId, paymentId })) {
    if (event.version <= version) events.push(event);
  }
  return events;
}

function areConsecutive(events: readonly WorkflowEvent[]): boolean {
  return events.every((event, index) => event.version === (events[0]?.version ?? 0) + index);
}
