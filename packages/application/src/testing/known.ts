// Values that tests take for granted.

import { parseCommandId, parseCurrency, parseOrganizationId } from '@paystrata/domain';
import type { Ids } from '../ports/ids.ts';

/** @throws Error where a test expected a value and there is none. */
export function known<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the test expected a value here');
  return value;
}

export const acme = known(parseOrganizationId('acme'));
export const eur = known(parseCurrency('EUR'));
export const commandIdOf = (text: string) => known(parseCommandId(text));

/** UUIDs of version 7 that count up. */
export function createCountingIds(): Ids {
  let count = 0;
  return { next: () => `01980000-0000-7000-8000-${String(++count).padStart(12, '0')}` };
}
