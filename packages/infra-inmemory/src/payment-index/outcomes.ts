// What came of a payment, in one byte: all that analytics ask of it besides money and times.

import { failureCodes, type FailureCode, type Payment } from '@paystrata/domain';

/** Something was captured. */
const CAPTURED = 1;
/** From here on: nothing was captured, and the last attempt failed with the code of that number. */
const FAILED = 2;
/** Settled outside: a bit of its own. */
const IMPORTED = 0x80;

const numbers: ReadonlyMap<FailureCode, number> = new Map(failureCodes.map((code, at) => [code, FAILED + at]));

export function outcomeOf({ captured, failure, imported }: Payment): number {
  const outcome = captured > 0n ? CAPTURED : failure === null ? 0 : (numbers.get(failure.code) ?? 0);
  return imported ? outcome | IMPORTED : outcome;
}

/** Outcomes of the payments that were counted, by number, whether settled outside or not. */
export class OutcomeCounts {
  readonly #counts = new Int32Array(FAILED + failureCodes.length);

  count(outcome: number): void {
    const number = outcome & ~IMPORTED;
    this.#counts[number] = (this.#counts[number] ?? 0) + 1;
  }

  get captured(): number {
    return this.#counts[CAPTURED] ?? 0;
  }

  /** Codes that occurred, in their own order. */
  failures(): readonly { readonly code: FailureCode; readonly count: number }[] {
    return failureCodes
      .map((code, at) => ({ code, count: this.#counts[FAILED + at] ?? 0 }))
      .filter(({ count }) => count > 0);
  }
}

/** Whether the time from creation to completion says something. */
export function isImported(outcome: number): boolean {
  return (outcome & IMPORTED) !== 0;
}
