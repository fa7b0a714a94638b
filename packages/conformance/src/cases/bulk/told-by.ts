// One result of a bulk in one word.

import type { BulkResult } from '@paystrata/application';

/** The version of a receipt, or the code of a refusal or failure. */
export function toldBy(result: BulkResult): string {
  if (result.ok) return `version ${result.receipt.version}`;
  return 'rejection' in result ? result.rejection.code : result.failure.code;
}
