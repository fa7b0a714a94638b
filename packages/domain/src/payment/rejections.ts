// Why a command was refused: expected, part of the contract, returned as a value and never thrown.

/** Stable codes that clients may rely on. */
export const rejectionCodes = [
  'payment_not_found',
  'payment_exists',
  'payment_deleted',
  'illegal_state',
  'needs_review',
  'amount_not_positive',
  'amount_too_large',
  'amount_mismatch',
  'currency_mismatch',
  'created_in_future',
  'attempts_exhausted',
  'refund_exceeds_captured',
  'nothing_to_refund',
  'nothing_to_settle',
  'settlement_ambiguous',
  'settlement_impossible',
  'item_unknown',
  'answer_conflict',
  'personal_data_erased',
  'field_too_long',
  'too_many_entries',
  'payment_full',
] as const;

export type RejectionCode = (typeof rejectionCodes)[number];

/** One refusal: a code for programs, a sentence for people, and what it was about. */
export interface Rejection {
  readonly code: RejectionCode;
  readonly message: string;
  /** The field of the command that is at fault, where it is one. */
  readonly param: string | null;
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

export function rejection(
  code: RejectionCode,
  message: string,
  about: { readonly param?: string; readonly details?: Rejection['details'] } = {},
): Rejection {
  return { code, message, param: about.param ?? null, details: about.details ?? {} };
}
