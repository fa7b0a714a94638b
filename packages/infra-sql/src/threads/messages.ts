// What goes between a thread and whoever calls it: calls, answers, and failures that are the same on both sides.

import { portFailureCodes, PortFailure, type PortFailureCode } from '@paystrata/application';

/** What a thread can be called for. Arguments and answers are copied: plain data only. */
export type Handlers = Readonly<Record<string, (...args: never[]) => unknown>>;

export interface Call {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

export type Answer =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly failure: PackedFailure };

interface PackedFailure {
  /** Null for an error that is no port failure. */
  readonly code: PortFailureCode | null;
  readonly message: string;
  readonly stack: string | undefined;
  readonly retryable: boolean;
  readonly details: PortFailure['details'];
  readonly cause: PackedFailure | null;
}

/** An error as plain data; classes and codes do not survive the copy. */
export function packFailure(error: unknown): PackedFailure {
  if (!(error instanceof Error)) return packFailure(new Error(String(error)));
  const { message, stack, cause } = error;
  const known = error instanceof PortFailure ? error : null;
  return {
    code: known?.code ?? null,
    message,
    stack,
    retryable: known?.retryable ?? false,
    details: known?.details ?? {},
    cause: cause === undefined ? null : packFailure(cause),
  };
}

export function unpackFailure({ code, message, stack, retryable, details, cause: packed }: PackedFailure): Error {
  const cause = packed === null ? undefined : unpackFailure(packed);
  const known = portFailureCodes.find((each) => each === code);
  const error =
    known === undefined
      ? new Error(message, { cause })
      : new PortFailure(known, message, { cause, retryable, details });
  if (stack !== undefined) error.stack = stack;
  return error;
}
