// Events that another log recorded, on their way into a workflow: sealed as if their commands had been sent here.

import { sealPersonal, type PendingEvent, type SealedPlace, type SubjectKey } from '@paystrata/application';
import {
  eraseEvent,
  noPersonalData,
  type PersonalData,
  type PersonalDataChange,
  type PersonalDataPatch,
} from '@paystrata/domain';
import type { WorkflowEvent } from '../protocol/messages.ts';
import { eventWithStandIns } from './stand-in.ts';

/**
 * @param events of one payment, in order.
 * @param before what the payment's personal data came to before the first of them.
 */
export function sealedEvents(
  events: readonly PendingEvent[],
  before: PersonalData,
  key: SubjectKey,
): readonly WorkflowEvent[] {
  const erasure = events.findLastIndex(({ type }) => type === 'PersonalDataErased');
  let personal = before;
  return events.map((given, index) => {
    const event = index < erasure ? eraseEvent(given) : given;
    const part = personalPart(event, personal);
    personal = personalAfter(event, personal);
    if (part === null) return event;
    return { ...eventWithStandIns(event), sealed: sealPersonal(part, placeOf(event), key) };
  });
}

/** True where something is to be sealed, for which a key is needed. */
export function isPersonal(events: readonly PendingEvent[]): boolean {
  return events.some((event) => personalPart(event, noPersonalData) !== null);
}

/** A command has one event that holds personal data, and its id stands on that. */
export function placeOf({ organizationId, paymentId, commandId }: Placed): SealedPlace {
  return { kind: 'event', organizationId, paymentId, id: commandId, version: 0 };
}

type Placed = Pick<PendingEvent, 'organizationId' | 'paymentId' | 'commandId'>;

function personalPart(event: PendingEvent, before: PersonalData): PersonalData | PersonalDataPatch | null {
  switch (event.type) {
    case 'PaymentCreated':
    case 'PaymentImported':
      return event.data.personal !== null && says(event.data.personal) ? event.data.personal : null;
    case 'PaymentUpdated': {
      const change = event.data.personal;
      return change !== null && Object.keys(change).length > 0 ? patchOf(change, before) : null;
    }
    default:
      return null;
  }
}

function says({ customer, description, metadata }: PersonalData): boolean {
  return customer !== null || description !== null || Object.keys(metadata).length > 0;
}

/** What asks for the change: the map of metadata is the whole new one, so what it lacks is removed. */
function patchOf({ metadata, ...change }: PersonalDataChange, before: PersonalData): PersonalDataPatch {
  if (metadata === undefined) return change;
  const removed = Object.keys(before.metadata).map((name): [string, null] => [name, null]);
  return { ...change, metadata: Object.fromEntries([...removed, ...Object.entries(metadata)]) };
}

function personalAfter(event: PendingEvent, before: PersonalData): PersonalData {
  if (event.type === 'PersonalDataErased') return noPersonalData;
  return 'personal' in event.data ? { ...before, ...event.data.personal } : before;
}
