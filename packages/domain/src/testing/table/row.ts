// For tests: one line of the table of decisions: what a command comes to in every state.

import type { Outcome } from '../given.ts';
import type { StateName } from '../named-states.ts';

/** The states in which the command comes to each outcome. */
export type Row = { readonly [Each in Outcome]?: readonly StateName[] };

type Listed<Cells> = { [Each in keyof Cells]: Cells[Each] extends readonly (infer Name)[] ? Name : never }[keyof Cells];
type Missing<Cells> = Exclude<StateName, Listed<Cells>>;

/** A row that names every state: what it leaves out is an error of the compiler, which says what. */
export function row<const Cells extends Row>(
  cells: Cells & ([Missing<Cells>] extends [never] ? unknown : { readonly missing: Missing<Cells> }),
): Row {
  return cells;
}

export const deleted = ['deleted', 'deleted, late'] as const;
export const cancelled = ['cancelled', 'cancelled, late'] as const;
export const beingProcessed = ['processing', 'processing, parked', 'processing again, late'] as const;
/** Completed, and under no review. */
export const refunding = ['refund pending', 'refund of all pending', 'refund failed', 'partially refunded'] as const;
export const capturedUnderReview = ['completed, another late', 'refund parked', 'refund late'] as const;
export const captured = ['completed', 'imported', ...refunding, ...capturedUnderReview, 'refunded'] as const;

/** Cannot be changed by its owner any more. */
export const closed = [...beingProcessed, ...captured, ...cancelled] as const;
export const existing = ['pending', 'failed', 'failed, late', ...closed] as const;

/** Without an attempt to speak of. */
export const neverAttempted = ['pending', 'imported', 'cancelled', 'deleted'] as const;
export const neverRefunded = [
  'pending',
  'failed',
  'failed, late',
  ...beingProcessed,
  'completed',
  'imported',
  'completed, another late',
  ...cancelled,
  ...deleted,
] as const;

/** No command but the first two finds a payment where there is none. */
export const noPayment = { payment_not_found: ['none'] } as const;
export const gone = { payment_deleted: deleted } as const;
