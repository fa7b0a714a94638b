// What was personal in a payment at a version, from where it is cheap to ask: the projected log has it most of the time.

import { readLog, type PaymentKey } from '@paystrata/application';
import { noPersonalData } from '@paystrata/domain';
import type { OpenedEvents, PersonalSeals } from '../personal/personal-seals.ts';
import type { Projection } from '../projection/projection.ts';
import type { WorkflowEvent } from '../protocol/messages.ts';
import type { Records } from './records.ts';

type OpenAt = (key: PaymentKey, version: number, own: readonly WorkflowEvent[]) => Promise<OpenedEvents>;

/** Opens the events up to a version; those given, and maybe earlier ones. */
export function openerOf({ store }: Pick<Projection, 'store'>, seals: PersonalSeals, records: () => Records): OpenAt {
  return async (key, version, own) => {
    const { payment } = await store.load(key, null);
    const following = (payment?.version ?? 0) + 1;
    const isNext = (own[0]?.version ?? version + 1) === following && areConsecutive(own);
    if (payment !== null && isNext) return seals.open(payment.subject, own, payment.personal);
    const events = payment !== null && following > version ? await projected(store, key, version) : null;
    const all = events ?? (await records().eventsOf(key)).filter((event) => event.version <= version);
    const [first] = all;
    if (first === undefined || !('subject' in first.data)) throw new Error(`payment ${key.paymentId} has no events`);
    return seals.open(first.data.subject, all, noPersonalData);
  };
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
