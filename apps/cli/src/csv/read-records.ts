// The second pass over an input file: its records in order, in bounded memory.

import { readBytes, type InputFile } from './inspect-file.ts';
import { parseRecords, type CsvRecord, type RecordText } from './parse-records.ts';
import { RecordSplitter, type Piece } from './record-splitter.ts';

/** Records in the order of the file, and how many bytes of it were read to get there. */
export interface RecordChunk {
  readonly records: readonly CsvRecord[];
  readonly bytesRead: number;
}

/** Reads on only as fast as chunks are taken. */
export async function* readRecords(file: InputFile): AsyncGenerator<RecordChunk> {
  const decoder = new TextDecoder(file.encoding);
  const splitter = new RecordSplitter(file.lineEnd);
  let bytesRead = 0;
  for await (const bytes of readBytes(file.path)) {
    bytesRead += bytes.length;
    yield { records: parsePieces(splitter.push(decoder.decode(bytes, { stream: true })), file.lineEnd), bytesRead };
  }
  const left = [...splitter.push(decoder.decode()), ...splitter.end()];
  yield { records: parsePieces(left, file.lineEnd), bytesRead };
}

/** Parses neighbours together, which is several times as fast as one by one. */
function parsePieces(pieces: readonly Piece[], lineEnd: string): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  let sound: RecordText[] = [];
  const flush = (): void => {
    if (sound.length > 0) records.push(...parseRecords(sound, lineEnd));
    sound = [];
  };
  for (const piece of pieces) {
    if ('text' in piece) {
      sound.push(piece);
      continue;
    }
    flush();
    records.push(piece);
  }
  flush();
  return records;
}
