// The few things that cases expect beyond equality.

import assert from 'node:assert/strict';
import type { PortFailureCode, Receipt, WriteResult } from '@paystrata/application';
import type { Rejection, RejectionCode } from '@paystrata/domain';

/** The receipt of a command that must have been accepted. */
export function accepted(result: WriteResult): Receipt {
  if (result.ok) return result.receipt;
  assert.fail(`expected a receipt, it was refused: ${result.rejection.code}: ${result.rejection.message}`);
}

/** The rejection of a command that must have been refused with that code. */
export function refused(result: WriteResult, code: RejectionCode): Rejection {
  if (result.ok) assert.fail(`expected the refusal ${code}, it was accepted at version ${result.receipt.version}`);
  assert.equal(result.rejection.code, code);
  return result.rejection;
}

/** Awaits a port failure with that code; anything else, an answer included, is wrong. */
export async function failsWith(code: PortFailureCode, call: () => Promise<unknown>, what = 'the call'): Promise<void> {
  const outcome = await call().then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
  if ('answer' in outcome) assert.fail(`${what} should fail with ${code}, it was answered`);
  assert.equal(codeOf(outcome.error), code, `${what} should fail with ${code}: ${String(outcome.error)}`);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
