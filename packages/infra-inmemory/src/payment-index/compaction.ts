// Putting an index together again after many changes, in steps so small that nobody has to wait for them.

import type { Partition } from './partition.ts';

/** Terms whose postings are looked at in one step. */
const TERMS = 256;

/** Each step leaves the partition whole and may be followed by any change before the next one. */
export function* compactionOf(partition: Partition): Generator<void> {
  for (const { runs } of Object.values(partition.runs)) {
    for (let turn = 0; turn < runs.turns; turn = runs.compactAt(turn)) yield;
  }
  for (const terms of partition.texts.ordered()) {
    for (let turn: number | null = 0; turn !== null; turn = terms.compactAt(turn)) yield;
    for (let term: number | null = 0; term !== null;) {
      term = terms.shrinkFrom(term, TERMS, partition.columns.rows);
      yield;
    }
  }
  for (const terms of [...partition.texts.exact(), partition.texts.prefixes]) {
    terms.shrink(partition.columns.rows);
    yield;
  }
  for (const bits of [...partition.statuses, ...partition.currencies]) bits.shrink(partition.columns.rows);
  partition.texts.shrinkLabels(partition.columns.rows);
  partition.columns.shrink();
}
