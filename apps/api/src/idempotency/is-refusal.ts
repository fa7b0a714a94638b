// Tells refusals, after which nothing was done for sure, from failures, after which nobody knows.

import { PortFailure, type PortFailureCode } from '@paystrata/application';
import { HttpProblem } from '../problems/http-problem.ts';
import { Refused } from '../problems/refused.ts';

const refusing: ReadonlySet<PortFailureCode> = new Set([
  'WRONG_EXPECTED_VERSION',
  'INVALID_MESSAGE',
  'UNKNOWN_MESSAGE',
  'FORBIDDEN',
  'CAPABILITY_MISSING',
]);

/** A declined attempt is none: it was carried out, and stays. */
export function isRefusal(error: unknown): boolean {
  if (error instanceof Refused || error instanceof HttpProblem) return true;
  return error instanceof PortFailure && refusing.has(error.code);
}
