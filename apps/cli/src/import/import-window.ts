// A window: neighbouring records that go to the target together, and what became of each.

import type { OrganizationId } from '@paystrata/application';
import type { CsvRecord } from '../csv/parse-records.ts';
import type { RecordChunk } from '../csv/read-records.ts';
import type { ImportTarget, RowOutcome } from './import-target.ts';
import type { MappedRow } from './map-row.ts';
import type { RowRejection, SoundRow } from './new-payment-row.ts';

/** Records in one window, and so at most as many rows in one message. */
const SIZE = 1000;

export interface ImportWindow {
  readonly records: readonly CsvRecord[];
  /** One a record. */
  readonly rows: readonly MappedRow[];
  /** What tells the payments apart that are to be imported. */
  readonly keys: ReadonlySet<string>;
  /** Of the file, when the window was full. */
  readonly bytesRead: number;
}

export type Verdict = 'imported' | 'alreadyThere' | RowRejection;

/** Cuts the records into windows. */
export async function* windowsOf(
  chunks: AsyncIterable<RecordChunk>,
  map: (record: CsvRecord) => MappedRow,
): AsyncGenerator<ImportWindow> {
  let waiting: CsvRecord[] = [];
  let bytesRead = 0;
  for await (const chunk of chunks) {
    bytesRead = chunk.bytesRead;
    waiting.push(...chunk.records);
    let from = 0;
    for (; waiting.length - from >= SIZE; from += SIZE)
      yield windowOf(waiting.slice(from, from + SIZE), map, bytesRead);
    waiting = waiting.slice(from);
  }
  if (waiting.length > 0) yield windowOf(waiting, map, bytesRead);
}

function windowOf(
  records: readonly CsvRecord[],
  map: (record: CsvRecord) => MappedRow,
  bytesRead: number,
): ImportWindow {
  const rows = records.map(map);
  const keys = new Set<string>();
  for (const row of rows) if ('payment' in row) keys.add(`${row.organizationId ?? ''} ${row.payment.reference}`);
  return { records, rows, keys, bytesRead };
}

/** Sends the rows of the window, those of each organization together. One verdict a record, in their order. */
export async function importWindow({ rows }: ImportWindow, target: ImportTarget): Promise<readonly Verdict[]> {
  const groups = Map.groupBy(rows.filter(isSound), ({ organizationId }) => organizationId);
  const outcomes = new Map<MappedRow, RowOutcome>();
  const send = async (organizationId: OrganizationId | null, group: readonly SoundRow[]): Promise<void> => {
    const answers = await target.importRows(
      organizationId,
      group.map(({ payment }) => payment),
    );
    if (answers.length !== group.length) throw new Error(`${group.length} rows got ${answers.length} answers`);
    for (const [place, row] of group.entries()) {
      const answer = answers[place];
      if (answer !== undefined) outcomes.set(row, answer);
    }
  };
  await Promise.all([...groups].map(([organizationId, group]) => send(organizationId, group)));
  return rows.map((row) => (isSound(row) ? verdictOf(row, outcomes.get(row)) : row));
}

function isSound(row: MappedRow): row is SoundRow {
  return 'payment' in row;
}

function verdictOf({ line, payment }: SoundRow, outcome: RowOutcome | undefined): Verdict {
  switch (outcome?.kind) {
    case 'imported':
      return 'imported';
    case 'exists':
      if (outcome.sameAmount) return 'alreadyThere';
      return {
        line,
        code: 'reference_conflict',
        message: `the reference ${payment.reference} has another amount or currency`,
      };
    case 'refused':
      return { line, code: rowCode(outcome.code), message: outcome.message };
    case undefined:
      throw new Error(`nothing is known of the row on line ${line}`);
  }
}

/** Files know dates only: what the domain says of the time of creation is about them. */
function rowCode(code: string): string {
  return code === 'created_in_future' ? 'date_malformed' : code;
}
