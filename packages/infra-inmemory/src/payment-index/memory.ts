// How much an index holds, as far as it can be told without a heap snapshot.

import { ManyPayments } from './many-payments.ts';
import type { OrganizationIndex } from './organization-index.ts';

export interface IndexMemory {
  readonly payments: number;
  readonly organizations: number;
  /** Different words and values that payments are found by, of organizations with more than few payments. */
  readonly terms: number;
  /** Rows in the postings of the terms. */
  readonly entries: number;
  /** Bytes of columns, runs, sums and the table of ids, which are typed arrays; terms and payments are not in it. */
  readonly columnBytes: number;
}

/** Linear in the terms. */
export function memoryOf(all: Iterable<OrganizationIndex>): IndexMemory {
  let [payments, organizations, terms, entries, columnBytes] = [0, 0, 0, 0, 0];
  for (const organization of all) {
    organizations += 1;
    payments += organization.size;
    if (!(organization instanceof ManyPayments)) continue;
    const { texts, columns, table, runs, totals } = organization.partition;
    const kinds = [...texts.ordered(), ...texts.exact()];
    terms += kinds.reduce((sum, each) => sum + each.size, 0);
    entries += kinds.reduce((sum, each) => sum + each.entries, texts.prefixes.entries);
    columnBytes += columns.bytes + texts.labelBytes + table.bytes + totals.bytes;
    for (const { runs: sorted, ledger } of Object.values(runs)) columnBytes += sorted.bytes + ledger.bytes;
  }
  return { payments, organizations, terms, entries, columnBytes };
}
