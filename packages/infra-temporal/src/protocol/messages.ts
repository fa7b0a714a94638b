// What client, workflow and activities say to each other. Types only where they are the application's: the workflow
// is bundled with nothing but the domain and the workflow SDK.

import type { PaymentKey, PendingEvent, WriteOrder } from '@paystrata/application';
import {
  needsReview,
  type Effect,
  type GatewayAnswer,
  type Payment,
  type PaymentState,
  type Rejection,
} from '@paystrata/domain';
import type { Wire } from './wire.ts';

/** The type of the entity workflow, one a payment. */
export const PAYMENT_WORKFLOW = 'payment';
/** The update that carries a command. */
export const EXECUTE_UPDATE = 'execute';
/** The update that carries events which another log recorded. */
export const ADOPT_UPDATE = 'adopt';
/** The query that answers the record itself. */
export const RECORD_QUERY = 'record';

/** Where a workflow sends what it does not do itself, and how long it waits for the gateway. */
export interface Surroundings {
  readonly gatewayQueue: string;
  readonly projectionQueue: string;
  readonly gatewayTimeoutMs: number;
  /** True where a payment that is over goes into the archive, and its workflow ends. */
  readonly archives?: boolean;
  /** True where the workflow says in search attributes what state the payment is in. */
  readonly searchable?: boolean;
  /**
   * What a call of the gateway will soon add to is projected and shown together with its answer, or after so long.
   * Absent: at once.
   */
  readonly gatherMs?: number;
}

/**
 * An event as the workflow holds it. Texts that could identify a person are stand-ins of the same length, by which it
 * can be decided as by the texts themselves; `sealed` is what was asked for, under the key of its subject. In an erasure
 * it holds nothing, and names the key that is to be destroyed.
 */
export type WorkflowEvent = PendingEvent & { readonly sealed?: string | null };

/** What a workflow begins with: nothing at first, the record of the run before after a continue-as-new. */
export interface PaymentInput extends PaymentKey, Surroundings {
  readonly events: readonly WorkflowEvent[];
  /** Events up to this version are projected. */
  readonly projected: number;
  /** What the search attributes say of the state from the start, as `stateOf` puts it; absent: nothing. */
  readonly shown?: string | null;
}

/** A command on its way, with stand-ins for what is personal in it. */
export interface OrderMessage extends WriteOrder {
  /** Names this one call, so that a caller knows whether it was the one that acted. */
  readonly callId: string;
  /** What is personal in the command, sealed; of an erasure nothing, under the key to destroy; null in all others. */
  readonly sealed: string | null;
}

/** What an order came to. Refusals are values: an exception would stall or fail the workflow. */
export type Outcome = { readonly callId: string } & (
  | {
      readonly kind: 'done';
      readonly payment: Payment;
      readonly events: readonly WorkflowEvent[];
      /** True where earlier events hold sealed parts, too: what is personal in the payment comes of them all. */
      readonly sealedBefore: boolean;
      /** The stream had the command already. */
      readonly replayed: boolean;
      /** False where a later answer may say more: the gateway has not answered, or nothing was recorded. */
      readonly final: boolean;
    }
  | { readonly kind: 'refused'; readonly rejection: Rejection }
  | { readonly kind: 'wrong_version'; readonly expected: number; readonly actual: number }
);

/** What became of events that another log recorded. */
export type AdoptionOutcome =
  | { readonly kind: 'adopted'; readonly adopted: number; readonly known: number }
  /** The payment has another event of that version, or lacks the one that goes before: nothing was taken in. */
  | { readonly kind: 'differs' | 'gap'; readonly version: number }
  /** What they say cannot be, given what went before: nothing was taken in. */
  | { readonly kind: 'impossible'; readonly problem: string };

/** The record as the workflow holds it. */
export interface PaymentRecord {
  readonly payment: PaymentState;
  readonly events: readonly WorkflowEvent[];
  readonly projected: number;
}

/** Events of one payment, in order and without gaps. */
export interface ProjectionMessage extends PaymentKey {
  readonly events: readonly WorkflowEvent[];
}

export type AskGateway = (effect: Wire<Effect>) => Promise<Wire<GatewayAnswer>>;

/** Run once each: whatever goes wrong leaves the outcome unknown, which is looked up. */
export interface GatewayActivities {
  readonly charge: AskGateway;
  readonly refund: AskGateway;
  readonly lookup: AskGateway;
}

/** Run at least once. */
export interface ProjectionActivities {
  /** @returns the version up to which the payment is projected now; lower than what was sent where something is missing. */
  project(message: Wire<ProjectionMessage>): Promise<number>;
  /** Keeps the whole payment for ever, before its workflow ends. @returns the version that is kept. */
  archive(message: Wire<ProjectionMessage>): Promise<number>;
}

/** A state as search attributes show it. */
export function stateOf(payment: PaymentState): string | null {
  return payment === null ? null : `${payment.status} ${needsReview(payment)}`;
}

/** The workflow of a payment. Holds no personal data: neither ids nor references do. */
export function workflowIdOf({ organizationId, paymentId }: PaymentKey): string {
  return `payment/${organizationId}/${paymentId}`;
}
