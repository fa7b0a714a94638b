// Turns the text of CSV records into fields, one record at a time where they are not all sound.

import { CsvError, parse } from 'csv-parse/sync';

/** A record as it stands in the file. */
export interface RecordText {
  /** The line it begins on, the first line of the file being 1. */
  readonly line: number;
  readonly text: string;
}

/** The fields of a record, or, with a problem, its text as the only field. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
  /** Why it cannot be read; null where it could be. */
  readonly problem: string | null;
}

/** @returns one result a record, in their order. */
export function parseRecords(records: readonly RecordText[], lineEnd: string): readonly CsvRecord[] {
  const fields = tryParse(records.map(({ text }) => text).join(lineEnd), lineEnd);
  if (!(fields instanceof CsvError) && fields.length === records.length) {
    return records.map(({ line }, place) => ({ line, fields: fields[place] ?? [], problem: null }));
  }
  return records.map((record) => parseRecord(record, lineEnd));
}

/** Reads a record by itself. */
export function parseRecord({ line, text }: RecordText, lineEnd: string): CsvRecord {
  if (text === '') return { line, fields: [''], problem: null };
  const rows = tryParse(text, lineEnd);
  if (rows instanceof CsvError) return { line, fields: [text], problem: problemOf(rows) };
  const [fields] = rows;
  if (rows.length === 1 && fields !== undefined) return { line, fields, problem: null };
  return { line, fields: [text], problem: problems.get('CSV_INVALID_CLOSING_QUOTE') ?? 'not one record' };
}

function tryParse(text: string, lineEnd: string): string[][] | CsvError {
  try {
    return parse(text, { relax_column_count: true, record_delimiter: lineEnd === '\n' ? ['\r\n', '\n'] : lineEnd });
  } catch (error) {
    if (error instanceof CsvError) return error;
    throw error;
  }
}

const problems: ReadonlyMap<string, string> = new Map([
  [
    'CSV_INVALID_CLOSING_QUOTE',
    'a quoted field goes on after its closing quote; a quote inside of it is written twice',
  ],
  ['INVALID_OPENING_QUOTE', 'a quote stands inside a field that does not begin with one'],
  ['CSV_QUOTE_NOT_CLOSED', 'a quote is opened and not closed'],
]);

function problemOf(error: CsvError): string {
  return problems.get(error.code) ?? error.message;
}
