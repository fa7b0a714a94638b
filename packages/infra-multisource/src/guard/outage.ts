// Tells a source that failed from one that answered with a refusal.

import { PortFailure, type PortFailureCode } from '@paystrata/application';

const answers: ReadonlySet<PortFailureCode> = new Set([
  'POSITION_UNKNOWN',
  'POSITION_TIMEOUT',
  'CURSOR_INVALID',
  'INVALID_MESSAGE',
  'CAPABILITY_MISSING',
]);

/** False where another source would say the same. */
export function isOutage(error: unknown): boolean {
  return !(error instanceof PortFailure && answers.has(error.code));
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
