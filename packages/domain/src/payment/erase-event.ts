// Takes the personal data out of an event that is kept.

import type { PaymentEvent } from './events.ts';

/** The same event with its personal data null; the very same object where it has none. */
export function eraseEvent<Event extends PaymentEvent>(event: Event): Event {
  return 'personal' in event.data ? { ...event, data: { ...event.data, personal: null } } : event;
}
