import { describe, expect, it } from 'vitest';
import { parseRecords, type CsvRecord } from './parse-records.ts';
import { RecordSplitter } from './record-splitter.ts';

/** The records of a text that arrives in chunks of the given size. */
function recordsOf(text: string, size = text.length || 1, lineEnd = '\n'): readonly CsvRecord[] {
  const splitter = new RecordSplitter(lineEnd);
  const pieces = [];
  for (let from = 0; from < text.length; from += size) pieces.push(...splitter.push(text.slice(from, from + size)));
  pieces.push(...splitter.end());
  return pieces.flatMap((piece) => ('text' in piece ? parseRecords([piece], lineEnd) : [piece]));
}

const fields = (records: readonly CsvRecord[]) => records.map((record) => record.fields);
const broken = (records: readonly CsvRecord[]) =>
  records.filter(({ problem }) => problem !== null).map(({ line }) => line);

describe('splitting into records', () => {
  it.each([1, 2, 3, 7, 1000])('gives the same records whatever the chunks, here of %i', (size) => {
    const records = recordsOf('a,b\r\n"x\r\ny",2\r\n\r\n"say ""hi""",3\r\nlast,4', size);
    expect(fields(records)).toEqual([['a', 'b'], ['x\r\ny', '2'], [''], ['say "hi"', '3'], ['last', '4']]);
    expect(records.map(({ line }) => line)).toEqual([1, 2, 4, 5, 6]);
  });

  it('counts the lines of the file, also within quotes', () => {
    const records = recordsOf('h\n"1\n2\n3"\nnext\n');
    expect(records.map(({ line }) => line)).toEqual([1, 2, 5]);
  });

  it('reads files whose lines end in a carriage return', () => {
    expect(fields(recordsOf('a,b\r1,2\r', 2, '\r'))).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('loses one line to a quote that is never closed, and no other', () => {
    const records = recordsOf('a,b\n"open,1\nfine,2\nfine,3\n');
    expect(broken(records)).toEqual([2]);
    expect(fields(records).slice(2)).toEqual([
      ['fine', '2'],
      ['fine', '3'],
    ]);
  });

  it('loses one line to a field that goes on after its quote', () => {
    const records = recordsOf('a,b\n"1"2,x\n"3\n4"5,y\nfine,1\n');
    expect(broken(records)).toEqual([2, 3, 4]);
    expect(records.at(-1)?.fields).toEqual(['fine', '1']);
  });

  it('loses one line to a quote within a field', () => {
    const records = recordsOf('a,b\n5" pipe,1\n6" pipe,2\nfine,3\n');
    expect(broken(records)).toEqual([2, 3]);
    expect(records.at(-1)?.fields).toEqual(['fine', '3']);
  });

  it.each([100, 1_000_000])('takes a line without end for broken and goes on behind it, in chunks of %i', (size) => {
    const records = recordsOf(`a\n${'x'.repeat(70_000)}\nfine\n`, size);
    expect(records.map(({ line, problem }) => [line, problem !== null])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ]);
  });

  it('gives an open quote up after as many characters as a record may have', () => {
    const rows = Array.from({ length: 20_000 }, (_, place) => `row,${place}`).join('\n');
    const records = recordsOf(`a,b\n"open,1\n${rows}\n`, 50_000);
    expect(broken(records)).toEqual([2]);
    expect(records).toHaveLength(20_002);
  });
});
