// An event as the log keeps it: the domain's fact in an envelope that says where, by whom and why.

import type { CommandId, OrganizationId, PaymentEvent, PaymentId } from '@paystrata/domain';

/** The envelope of an event that is not committed yet. */
export interface EventEnvelope {
  /** UUIDv7, unique in the log. */
  readonly eventId: string;
  /** The version of the stored shape of this event type, from 1. */
  readonly schemaVersion: number;
  readonly organizationId: OrganizationId;
  readonly paymentId: PaymentId;
  /** The place in the payment's stream, from 1 and without gaps. */
  readonly version: number;
  /** Who did it: an API key's id, a user of the command line, or `system`. */
  readonly actor: string;
  /** The user on whose behalf it was done, where one is known. */
  readonly userId: string | null;
  /** Shared by everything that came of one request. */
  readonly correlationId: string;
  /** The event or command that led to it; null at the root. */
  readonly causationId: string | null;
  readonly commandId: CommandId;
  /** Technical notes such as the file of an import; never personal data. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** An event that is about to be committed. */
export type PendingEvent = PaymentEvent & EventEnvelope;

/** An event of the log; `position` is its place in the order of commits, from 1, a safe integer. */
export type RecordedEvent = PendingEvent & { readonly position: number };

/** Names one payment's stream. */
export interface PaymentKey {
  readonly organizationId: OrganizationId;
  readonly paymentId: PaymentId;
}
