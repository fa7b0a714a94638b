// Recomputes everything that proves the log: chains of hashes, heads of streams, segments of the archive, seals.

import { PortFailure, type KeptRoot, type MaintenanceOptions, type MaintenanceScope } from '@paystrata/application';
import { openStored, type ArchiveReader } from '../archive/archive-reader.ts';
import type { LogTables } from '../archive/log-tables.ts';
import { bytes, integer } from '../rows.ts';
import { Findings } from './findings.ts';
import { LinkChecker } from './link-checker.ts';
import { partsOf, readLinks } from './log-pages.ts';
import { readHead, readSeals } from './seals-table.ts';
import { SealVerifier } from './verify-seals.ts';
import { verifyStreams } from './verify-streams.ts';

export interface VerifyLogOptions extends Pick<MaintenanceOptions, 'onProgress' | 'signal'> {
  readonly scope: MaintenanceScope;
  /** With all of the log only: what lies between is needed. */
  readonly keptRoot?: KeptRoot | undefined;
}

export interface VerifiedLog {
  /** Events that were looked at. */
  readonly checked: number;
  readonly textBytes: number;
  readonly findings: Findings;
}

/** While the log is written: what is committed after the beginning is not looked at. Throws what is no damage. */
export async function verifyLog(
  tables: LogTables,
  archive: ArchiveReader,
  { scope, keptRoot, onProgress, signal }: VerifyLogOptions,
): Promise<VerifiedLog> {
  const findings = new Findings();
  const checker = new LinkChecker(archive, findings);
  const isAll = scope.kind === 'all';
  const seals = isAll ? new SealVerifier(await readSeals(tables), findings) : null;
  const { head, last } = await readHead(tables);
  if (isAll && last > head) findings.ofLog(`the log ends at position ${head}, but there are events up to ${last}`);
  if (keptRoot !== undefined) seals?.compare(keptRoot, head);
  if (isAll) await verifySegments(tables, checker, signal);
  let checked = 0;
  for (const part of partsOf(scope)) {
    for await (const page of readLinks(tables, part, 0, head)) {
      signal?.throwIfAborted();
      for (const link of page) {
        await checker.check(link);
        seals?.add(link.position, link.chain);
      }
      checked += page.length;
      onProgress?.({ done: checked, total: isAll ? head : null });
    }
  }
  seals?.end(head);
  await verifyStreams(tables, scope, findings, signal);
  return { checked, textBytes: checker.textBytes, findings };
}

/** Also those that no event is read from: each is unpacked, and compared with its Merkle root. */
async function verifySegments(tables: LogTables, checker: LinkChecker, signal?: AbortSignal): Promise<void> {
  const text = `select segment, first, last, count, codec, format, checksum, root, bytes from paystrata.segments
    where segment > $1 order by segment limit 1`;
  for (let after = 0; ;) {
    signal?.throwIfAborted();
    const [row] = await tables.select({ name: 'next_segment', text, values: [after] });
    if (row === undefined) return;
    after = integer(row, 'segment');
    try {
      const segment = await openStored(after, row);
      if (!Buffer.from(segment.root()).equals(bytes(row, 'root'))) throw otherRoot(after, segment);
    } catch (error) {
      if (!(error instanceof PortFailure) || error.code !== 'STORE_DAMAGED') throw error;
      checker.segmentFailed(after, error);
    }
  }
}

function otherRoot(segment: number, { first, last }: { readonly first: number; readonly last: number }): PortFailure {
  const name = `segment ${segment} of the archive (positions ${first} to ${last})`;
  return new PortFailure('STORE_DAMAGED', `${name} is damaged: its texts have another Merkle root than its row says`);
}
