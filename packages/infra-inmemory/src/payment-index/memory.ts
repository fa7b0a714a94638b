// How much an index holds, as far as it can be told without a heap snapshot.

import type { Partition } from './partition.ts';

export interface IndexMemory {
  readonly payments: number;
  readonly organizations: number;
  /** Different words, references, customers and other values that payments are found by. */
  readonly terms: number;
  /** Rows in the postings of the terms. */
  readonly entries: number;
  /** Bytes of columns, runs, sums and the table of ids, which are typed arrays; terms and payments are not in it. */
  readonly columnBytes: number;
}

/** Linear in the terms. */
export function memoryOf(partitions: Iterable<Partition>): IndexMemory {
  let [payments, organizations, terms, entries, columnBytes] = [0, 0, 0, 0, 0];
  for (const { size, texts, columns, table, runs, totals } of partitions) {
    organizations += 1;
    payments += size;
    const all = [...texts.ordered(), ...texts.exact()];
    terms += all.reduce((sum, each) => sum + each.size, 0);
    entries += all.reduce((sum, each) => sum + each.entries, texts.prefixes.entries);
    columnBytes += columns.bytes + table.bytes + totals.bytes;
    for (const { runs: sorted, ledger } of Object.values(runs)) columnBytes += sorted.bytes + ledger.bytes;
  }
  return { payments, organizations, terms, entries, columnBytes };
}
