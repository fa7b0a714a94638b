// What of an index in memory lies in a range of ids, in few words.

import { compareCodePoints } from '@paystrata/application';
import type { PaymentIndex } from '@paystrata/infra-inmemory';
import { sourceDocument } from '../ports/document-text.ts';
import type { KeyRange, RangeDigest, SourceEntry } from '../ports/source.ts';

/** In the order of ids. */
export function entriesOf(index: PaymentIndex, { organizationId, from, to }: KeyRange): readonly SourceEntry[] {
  const entries: SourceEntry[] = [];
  for (const document of index.documents(organizationId)) {
    const { id } = document.payment;
    if ((from !== null && id < from) || (to !== null && id >= to)) continue;
    const { paymentId, revision, fingerprint } = sourceDocument(document);
    entries.push({ paymentId, revision, fingerprint });
  }
  return entries.sort((a, b) => compareCodePoints(a.paymentId, b.paymentId));
}

export function digestOf(entries: readonly SourceEntry[]): RangeDigest {
  return { count: entries.length, sum: entries.reduce((sum, { fingerprint }) => sum + fingerprint, 0) };
}
