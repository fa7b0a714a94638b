// Seals what is not sealed yet: a range after the other, each checked before it is sealed.

import { PortFailure, RangeSealer, type Instant, type MaintenanceOptions, type Seal } from '@paystrata/application';
import type { ArchiveReader } from '../archive/archive-reader.ts';
import type { LogTables } from '../archive/log-tables.ts';
import { Findings } from './findings.ts';
import { LinkChecker } from './link-checker.ts';
import { partsOf, readLinks } from './log-pages.ts';
import { addSeal, lastSeal, readHead } from './seals-table.ts';

const SEALED_TOGETHER = 10_000;

export interface SealOptions extends Pick<MaintenanceOptions, 'signal'> {
  readonly now: Instant;
  /** True: up to the end of the log. False: whole ranges only. */
  readonly toEnd: boolean;
  /** Events of a range; 10,000 where absent. */
  readonly sealedTogether?: number;
}

/**
 * Every range is sealed by itself: what was sealed stays so where it ends early. Several processes may do it at once.
 *
 * @returns the newest seal; null where there is nothing to seal.
 * @throws PortFailure `STORE_DAMAGED` for the first event that is not as it was written: from its range on nothing is
 * sealed.
 */
export async function sealLog(
  tables: LogTables,
  archive: ArchiveReader,
  { now, toEnd, sealedTogether = SEALED_TOGETHER, signal }: SealOptions,
): Promise<Seal | null> {
  const { head } = await readHead(tables);
  let before = await lastSeal(tables);
  for (;;) {
    signal?.throwIfAborted();
    const first = (before?.last ?? 0) + 1;
    const last = Math.min(head, first + sealedTogether - 1);
    if (last < first || (!toEnd && last - first + 1 < sealedTogether)) return before;
    await addSeal(tables, await sealRange(tables, archive, { first, last, before }), now);
    before = await lastSeal(tables);
  }
}

interface Range {
  readonly first: number;
  readonly last: number;
  readonly before: Seal | null;
}

async function sealRange(tables: LogTables, archive: ArchiveReader, { first, last, before }: Range): Promise<Seal> {
  const findings = new Findings();
  const checker = new LinkChecker(archive, findings);
  const sealer = new RangeSealer(first);
  let due = first;
  for (const part of partsOf({ kind: 'all' })) {
    for await (const page of readLinks(tables, part, first - 1, last)) {
      for (const link of page) {
        await checker.check(link);
        if (link.position !== due) findings.ofLog(`position ${due} is not there`);
        const [found] = findings.differences;
        if (found !== undefined) throw notSealed(first, last, found.problem);
        sealer.add(link.position, link.chain);
        due = link.position + 1;
      }
    }
  }
  if (due !== last + 1) throw notSealed(first, last, `positions ${due} to ${last} are not there`);
  return sealer.seal(before);
}

function notSealed(first: number, last: number, problem: string): PortFailure {
  return new PortFailure('STORE_DAMAGED', `positions ${first} to ${last} are not sealed: ${problem}`);
}
