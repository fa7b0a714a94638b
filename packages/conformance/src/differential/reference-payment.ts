// A payment of the reference model: plain, changeable, and with no more than what can be seen from outside.

import type { CommandStep } from './steps.ts';

export interface ReferenceItem {
  readonly id: string;
  amount: bigint;
  status: 'pending' | 'succeeded' | 'failed' | 'parked';
  /** What the gateway moved, or will be found to have moved; null where it declined. */
  readonly moved: bigint | null;
  /** The version at which an outcome was known; null while it is open or waits for a person. */
  answeredAt: number | null;
}

export interface ReferencePayment {
  readonly id: string;
  readonly reference: string | null;
  readonly currency: string;
  /** Days before the run. */
  readonly age: number;
  readonly imported: boolean;
  amount: bigint;
  status: string;
  captured: bigint;
  description: string | null;
  customer: string | null;
  metadata: Record<string, string>;
  erased: boolean;
  failure: string | null;
  /** How the last attempt goes at the gateway, and how refunds of what it captures do. */
  attemptMethod: string;
  refundMethod: string;
  readonly attempts: ReferenceItem[];
  readonly refunds: ReferenceItem[];
  /** The types of the events; their number is the version. */
  readonly events: string[];
  /** What each command left: the version after it, and the item it started. */
  readonly commands: Map<string, { readonly version: number; readonly item: ReferenceItem | null }>;
}

export function newReferencePayment(
  id: string,
  reference: string | null,
  step: Extract<CommandStep, { kind: 'create' | 'import' }>,
): ReferencePayment {
  const imported = step.kind === 'import';
  const { currency, age, amount, description, customer, metadata } = step;
  return {
    ...{ id, reference, currency, age, imported, amount, description, customer, metadata: { ...metadata } },
    status: imported ? 'completed' : 'pending',
    captured: imported ? amount : 0n,
    erased: false,
    failure: null,
    attemptMethod: 'test_approve',
    refundMethod: 'test_approve',
    attempts: [],
    refunds: [],
    events: [imported ? 'PaymentImported' : 'PaymentCreated'],
    commands: new Map(),
  };
}

export const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** What went back. */
export function refundedOf({ refunds }: ReferencePayment): bigint {
  return sum(refunds.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount));
}

/** What may still be asked back: the capture less all refunds that did not fail. */
export function leftOf({ captured, refunds }: ReferencePayment, without?: ReferenceItem): bigint {
  const reserved = refunds.filter((refund) => refund.status !== 'failed' && refund !== without);
  return captured - sum(reserved.map(({ amount }) => amount));
}

export function isUnderReview({ attempts, refunds }: ReferencePayment): boolean {
  return [...attempts, ...refunds].some(({ status }) => status === 'parked');
}
