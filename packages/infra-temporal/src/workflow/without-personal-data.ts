// Takes the personal data out of an event that is kept.

import type { PaymentRecord } from '../protocol/messages.ts';

type PendingEvent = PaymentRecord['events'][number];

/** The same event with its personal data null; the very same object where it has none. */
export function withoutPersonalData(event: PendingEvent): PendingEvent {
  switch (event.type) {
    case 'PaymentCreated':
      return { ...event, data: { ...event.data, personal: null } };
    case 'PaymentImported':
      return { ...event, data: { ...event.data, personal: null } };
    case 'PaymentUpdated':
      return { ...event, data: { ...event.data, personal: null } };
    default:
      return event;
  }
}
