// Reads the log as it lies in the tables, archived or not, with what each event is to be compared with.

import type { MaintenanceScope } from '@paystrata/application';
import type { LogTables } from '../archive/log-tables.ts';
import { bytes, integer, integerOrNull, text, textOrNull, type Row } from '../rows.ts';

/** An event and the one before it in its stream. */
export interface LogLink {
  readonly position: number;
  readonly version: number;
  readonly stream: number;
  /** Null where the stream has no row. */
  readonly name: LinkName | null;
  /** As the event's own row says. */
  readonly organization: string;
  readonly category: string;
  readonly chain: Uint8Array;
  /** Null where it was archived: then `segment` says where it is. */
  readonly text: string | null;
  readonly segment: number | null;
  /** Null where there is no event before it. */
  readonly before: { readonly position: number; readonly chain: Uint8Array } | null;
}

export interface LinkName {
  readonly organization: string;
  readonly category: string;
  readonly name: string;
}

/** Events looked at in one go, some 5 ms in SQLite; then others have their turn. */
const PAGE = 500;

/** Events that are found in the order of their positions. */
export interface LogPart {
  readonly name: string;
  readonly where: string;
  readonly values: readonly string[];
}

/** The events of a part after a position and up to another, in order, as pages none of which is empty. */
export async function* readLinks(
  tables: LogTables,
  { name, where, values }: LogPart,
  from: number,
  to: number,
): AsyncGenerator<readonly LogLink[]> {
  const query = { name: `links_${name}`, text: linksQuery(where) };
  for (let after = from; ;) {
    const page = (await tables.select({ ...query, values: [after, to, PAGE, ...values] })).map(linkOf);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.position;
    await new Promise(setImmediate);
  }
}

/** An organization's events lie in two indexes: the payments, and everything else. */
export function partsOf(scope: MaintenanceScope): readonly LogPart[] {
  switch (scope.kind) {
    case 'all':
      return [{ name: 'all', where: 'true', values: [] }];
    case 'organization':
      return [
        { name: 'payments', where: `organization = $4 and category = 'payment'`, values: [scope.organizationId] },
        { name: 'others', where: `organization = $4 and category <> 'payment'`, values: [scope.organizationId] },
      ];
    case 'payment': {
      const where = `stream = (select stream from paystrata.streams
        where name = $4 and category = 'payment' and organization = $5)`;
      return [{ name: 'payment', where, values: [scope.paymentId, scope.organizationId] }];
    }
  }
}

function linksQuery(where: string): string {
  return `select e.position, e.version, e.stream, e.organization, e.category, e.chain, e.text, e.segment,
      s.organization as stream_organization, s.category as stream_category, s.name as stream_name,
      b.position as before_position, b.chain as before_chain
    from (
      select position, version, stream, organization, category, chain, text, segment from paystrata.events
      where position > $1 and position <= $2 and ${where} order by position limit $3
    ) e
    left join paystrata.streams s on s.stream = e.stream
    left join paystrata.events b on b.stream = e.stream and b.version = e.version - 1
    order by e.position`;
}

function linkOf(row: Row): LogLink {
  const name = textOrNull(row, 'stream_name');
  return {
    position: integer(row, 'position'),
    version: integer(row, 'version'),
    stream: integer(row, 'stream'),
    name: name === null ? null : { ...streamOf(row), name },
    organization: text(row, 'organization'),
    category: text(row, 'category'),
    chain: bytes(row, 'chain'),
    text: textOrNull(row, 'text'),
    segment: integerOrNull(row, 'segment'),
    before:
      row['before_position'] === null
        ? null
        : { position: integer(row, 'before_position'), chain: bytes(row, 'before_chain') },
  };
}

function streamOf(row: Row): Omit<LinkName, 'name'> {
  return { organization: text(row, 'stream_organization'), category: text(row, 'stream_category') };
}
