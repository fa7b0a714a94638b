// Documents in the parts in which a script takes them.

import type { SourceDocument } from '../ports/source.ts';

/** Redis answers nobody else while it runs a script. */
const A_RUN = 100;

/** Each payment once, at its highest revision: a script compares with what was there before it. */
export function runsOf(documents: readonly SourceDocument[]): (readonly SourceDocument[])[] {
  const newest = newestOfEach(documents);
  const count = Math.ceil(newest.length / A_RUN);
  return Array.from({ length: count }, (_, index) => newest.slice(index * A_RUN, (index + 1) * A_RUN));
}

function newestOfEach(documents: readonly SourceDocument[]): readonly SourceDocument[] {
  const newest = new Map<string, SourceDocument>();
  for (const document of documents) {
    const name = `${document.organizationId}/${document.paymentId}`;
    if ((newest.get(name)?.revision ?? 0) <= document.revision) newest.set(name, document);
  }
  return newest.size === documents.length ? documents : [...newest.values()];
}
