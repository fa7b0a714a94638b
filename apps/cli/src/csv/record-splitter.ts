// Cuts text into CSV records, so that a record with broken quotes costs its own line and not the rest of the file.

import { parseRecord, type CsvRecord, type RecordText } from './parse-records.ts';

/** More characters than this in one record, or in one line, are taken for broken. */
const MAX_RECORD = 64 * 1024;

/** Records that look sound, to be parsed together, and those already found to be broken. */
export type Piece = RecordText | CsvRecord;

/**
 * Fed with text in chunks of any size. A line with an odd number of quotes goes on until the quotes are even; where that
 * makes no record, its first line is broken and the next ones are looked at anew.
 */
export class RecordSplitter {
  readonly #lineEnd: string;
  #rest = '';
  #line = 1;
  /** True while the rest of a line that is too long is thrown away. */
  #discarding = false;
  /** Lines of a record whose quotes are still open. */
  #open: string[] = [];
  #openLength = 0;
  #openQuotes = 0;

  constructor(lineEnd: string) {
    this.#lineEnd = lineEnd;
  }

  push(text: string): Piece[] {
    const pieces: Piece[] = [];
    const lines = (this.#rest + text).split(this.#lineEnd);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#endOfLine(line, pieces);
    if (this.#rest.length > MAX_RECORD && !this.#discarding) this.#discard(this.#rest, pieces);
    if (this.#discarding) this.#rest = '';
    return pieces;
  }

  /** What is left when the text has ended. */
  end(): Piece[] {
    const pieces: Piece[] = [];
    if (this.#rest !== '' && !this.#discarding) this.#take(this.#rest, pieces);
    while (this.#open.length > 0) this.#giveUp(pieces);
    return pieces;
  }

  #endOfLine(line: string, pieces: Piece[]): void {
    if (line.length > MAX_RECORD && !this.#discarding) this.#discard(line, pieces);
    if (!this.#discarding) return this.#take(line, pieces);
    this.#discarding = false;
    this.#line += 1;
  }

  /** Tells of the line once; the rest of it is not looked at. */
  #discard(line: string, pieces: Piece[]): void {
    while (this.#open.length > 0) this.#giveUp(pieces);
    const problem = `a line of more than ${MAX_RECORD} characters`;
    pieces.push({ line: this.#line, fields: [line.slice(0, 200)], problem });
    this.#discarding = true;
  }

  #take(line: string, pieces: Piece[]): void {
    const quotes = quotesIn(line);
    if (this.#open.length === 0 && quotes % 2 === 0) {
      pieces.push({ line: this.#line, text: withoutReturn(line) });
      this.#line += 1;
      return;
    }
    this.#open.push(line);
    this.#openLength += line.length + 1;
    this.#openQuotes += quotes;
    this.#line += 1;
    if (this.#openQuotes % 2 === 0) this.#close(pieces);
    else if (this.#openLength > MAX_RECORD) this.#giveUp(pieces);
  }

  /** The quotes are even: it is a record, or its first line is broken. */
  #close(pieces: Piece[]): void {
    const text = withoutReturn(this.#open.join(this.#lineEnd));
    const record = parseRecord({ line: this.#line - this.#open.length, text }, this.#lineEnd);
    if (record.problem !== null) return this.#giveUp(pieces);
    pieces.push(record);
    this.#reset();
  }

  #giveUp(pieces: Piece[]): void {
    const [first = '', ...others] = this.#open;
    const line = this.#line - this.#open.length;
    const record = parseRecord({ line, text: withoutReturn(first) }, this.#lineEnd);
    pieces.push({ ...record, problem: record.problem ?? 'a quote is opened and not closed' });
    this.#reset();
    this.#line = line + 1;
    for (const other of others) this.#take(other, pieces);
  }

  #reset(): void {
    this.#open = [];
    this.#openLength = 0;
    this.#openQuotes = 0;
  }
}

function quotesIn(line: string): number {
  let count = 0;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) count += 1;
  return count;
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
