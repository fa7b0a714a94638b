// Compares what is kept of each stream, its version and the head of its chain, with its last event.

import type { MaintenanceScope } from '@paystrata/application';
import type { LogTables } from '../archive/log-tables.ts';
import { bytes, integer, text, type Row } from '../rows.ts';
import type { Findings } from './findings.ts';

/** Streams looked at in one go. */
const PAGE = 500;

/** @returns how many streams there were in the scope. */
export async function verifyStreams(
  tables: LogTables,
  scope: MaintenanceScope,
  findings: Findings,
  signal?: AbortSignal,
): Promise<number> {
  let checked = 0;
  for (let after = 0; ;) {
    signal?.throwIfAborted();
    const rows = await tables.select(pageQuery(scope, after));
    for (const row of rows) {
      after = integer(row, 'stream');
      if (scope.kind === 'organization' && text(row, 'organization') !== scope.organizationId) continue;
      checked += 1;
      const problem = problemOf(row);
      if (problem !== null) findings.ofStream(nameOf(row), problem);
    }
    if (rows.length < PAGE) return checked;
    await new Promise(setImmediate);
  }
}

function pageQuery(scope: MaintenanceScope, after: number) {
  const isOne = scope.kind === 'payment';
  const where = isOne ? `and name = $3 and category = 'payment' and organization = $4` : '';
  return {
    name: isOne ? 'stream_of_payment' : 'streams',
    text: `select s.stream, s.organization, s.category, s.name, s.version, s.position, s.chain,
        e.position as event_position, e.chain as event_chain,
        (select coalesce(max(m.version), 0) from paystrata.events m where m.stream = s.stream) as last_version
      from (
        select stream, organization, category, name, version, position, chain from paystrata.streams
        where stream > $1 ${where} order by stream limit $2
      ) s
      left join paystrata.events e on e.stream = s.stream and e.version = s.version
      order by s.stream`,
    values: [after, PAGE, ...(isOne ? [scope.paymentId, scope.organizationId] : [])],
  };
}

function problemOf(row: Row): string | null {
  const [version, last] = [integer(row, 'version'), integer(row, 'last_version')];
  if (last < version) return `events ${last + 1} to ${version} are not there`;
  if (last > version) return `it ends at event ${version}, but there are events up to ${last}`;
  if (version === 0) return null;
  const [position, actual] = [integer(row, 'position'), integer(row, 'event_position')];
  if (position !== actual) return `it ends at position ${position}, but its last event is at ${actual}`;
  const isSame = Buffer.from(bytes(row, 'chain')).equals(bytes(row, 'event_chain'));
  return isSame ? null : `the head of its chain is not that of event ${version}`;
}

function nameOf(row: Row) {
  return { organization: text(row, 'organization'), category: text(row, 'category'), name: text(row, 'name') };
}
