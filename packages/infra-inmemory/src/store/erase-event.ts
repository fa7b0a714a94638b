// Takes the personal data out of an event that is kept.

import type { RecordedEvent } from '@paystrata/application';
import { deepFreeze } from './deep-freeze.ts';

/** The same event with its personal data null; the very same object where it has none. */
export function eraseEvent(event: RecordedEvent): RecordedEvent {
  switch (event.type) {
    case 'PaymentCreated':
      return deepFreeze({ ...event, data: { ...event.data, personal: null } });
    case 'PaymentImported':
      return deepFreeze({ ...event, data: { ...event.data, personal: null } });
    case 'PaymentUpdated':
      return deepFreeze({ ...event, data: { ...event.data, personal: null } });
    default:
      return event;
  }
}
