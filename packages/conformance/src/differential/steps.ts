// What can happen in a differential run, as plain data: few payments, few words, so that steps meet.

import type { PaymentStatus } from '@paystrata/domain';

/** Payments of a run are named by slots; those of even slots have a reference. */
export const SLOTS = 5;

export const methods = [
  'test_approve',
  'test_decline_card_declined',
  'test_timeout_then_approve',
  'test_timeout_then_decline',
  'test_wrong_amount',
  'test_refund_decline_expired_card',
  'test_refund_timeout_then_approve',
  'test_refund_timeout_then_decline',
  'test_refund_wrong_amount',
] as const;
type Method = (typeof methods)[number];

/** A command to one payment. */
export type CommandStep =
  | {
      readonly kind: 'create' | 'import';
      readonly slot: number;
      readonly amount: bigint;
      readonly currency: string;
      readonly description: string | null;
      readonly customer: string | null;
      readonly metadata: Readonly<Record<string, string>>;
      /** Days before the run. */
      readonly age: number;
    }
  | {
      readonly kind: 'update';
      readonly slot: number;
      readonly amount: bigint | null;
      /** Undefined: as it is. */
      readonly description: string | null | undefined;
      readonly metadata: Readonly<Record<string, string | null>> | undefined;
    }
  | { readonly kind: 'process'; readonly slot: number; readonly method: Method; readonly stated: bigint | null }
  | { readonly kind: 'refund'; readonly slot: number; readonly amount: bigint | null }
  | { readonly kind: 'settle'; readonly slot: number; readonly outcome: 'completed' | 'failed' }
  | { readonly kind: 'cancel' | 'delete' | 'erase'; readonly slot: number };

/** What a search asks for. */
export interface SearchStep {
  readonly kind: 'search';
  readonly statuses: readonly PaymentStatus[];
  readonly currency: string | null;
  readonly minAmount: bigint | null;
  readonly maxAmount: bigint | null;
  readonly text: string | null;
  readonly customer: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly by: 'created' | 'amount' | 'status';
  readonly descending: boolean;
  /** The size of the pages it is read in. */
  readonly limit: number;
}

export type Step =
  /** So many of the payments of `beginning` are created, where their slots are free. */
  | { readonly kind: 'begin'; readonly payments: number }
  | { readonly kind: 'command'; readonly command: CommandStep }
  /** With the version before the current one as the expected. */
  | { readonly kind: 'stale'; readonly command: CommandStep }
  | { readonly kind: 'bulk'; readonly commands: readonly CommandStep[] }
  /** An earlier command, counted back, with its command id. */
  | { readonly kind: 'repeat'; readonly back: number }
  /** Time passes, and all that is open with the gateway is looked up. */
  | { readonly kind: 'lookup' }
  | { readonly kind: 'restart' }
  | SearchStep
  | { readonly kind: 'suggest'; readonly prefix: string }
  /** Payments created so many days before the run, from and to. */
  | { readonly kind: 'statistics'; readonly from: number | null; readonly to: number | null };

/** Payments that have something in common, so that short runs find something to work on. */
export const beginning: readonly CommandStep[] = [
  {
    ...{ kind: 'create', slot: 0, age: 0, amount: 100n, currency: 'EUR', description: 'cloud rent', customer: 'Ada' },
    metadata: { team: 'red' },
  },
  {
    ...{ kind: 'import', slot: 1, age: 1, amount: 30n, currency: 'EUR', description: 'Cloudy power', customer: 'Adam' },
    metadata: {},
  },
  {
    ...{ kind: 'create', slot: 2, age: 0, amount: 100n, currency: 'USD', description: 'rent', customer: null },
    metadata: { floor: '2' },
  },
  {
    ...{ kind: 'import', slot: 3, age: 1, amount: 100n, currency: 'EUR', description: null, customer: 'Ada' },
    metadata: { team: 'blue' },
  },
];

/** How a command ended, in what both sides can say. */
export type Outcome =
  | { readonly ended: 'accepted'; readonly version: number; readonly replayed: boolean }
  | { readonly ended: 'refused' | 'failed'; readonly code: string };

/** A step in one line, for the report of a difference. */
export function describeStep(step: Step): string {
  return JSON.stringify(step, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
}
