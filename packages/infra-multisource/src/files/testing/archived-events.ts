// For tests: events as they go into an archive.

import { encodeEvent, instantOf, parseCommandId, type RecordedEvent } from '@paystrata/application';
import { known } from '@paystrata/conformance/random-payments';
import type { SourceEvent } from '../../ports/source.ts';
import { keyOf } from '../../testing/source-cases.ts';

/** Of January 2026, of the payment with number 1. */
export function eventAt(position: number): SourceEvent {
  const { organizationId, paymentId } = keyOf(1);
  const event: RecordedEvent = {
    ...{ eventId: `e-${position}`, type: 'PaymentCancelled', schemaVersion: 1, organizationId, paymentId },
    ...{ version: position, position, at: instantOf(Date.UTC(2026, 0, 15)), actor: 'a', userId: null },
    ...{ correlationId: 'c', causationId: null, commandId: known(parseCommandId('c')), metadata: {} },
    data: { reason: null },
  };
  return { event, text: encodeEvent(event) };
}
