// The lines of a file, in bounded memory whatever the file holds.

import { CommandError } from '../errors/command-error.ts';

/** No event is nearly as long: one that takes the largest of everything has 200 kB. */
const LONGEST_LINE = 4 * 1024 * 1024;

/**
 * Lines end with a line feed, or one after a carriage return; the last one may lack it.
 *
 * @throws CommandError `INVALID_MESSAGE` for a line of more than `longest` characters, as soon as so much of it was read.
 */
export async function* boundedLines(chunks: AsyncIterable<string>, longest = LONGEST_LINE): AsyncGenerator<string> {
  let parts: string[] = [];
  let length = 0;
  let line = 1;
  const take = (part: string) => {
    parts.push(part);
    length += part.length;
    if (length > longest) throw tooLong(line, longest);
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf('\n'); at !== -1; at = chunk.indexOf('\n', from)) {
      take(chunk.slice(from, at));
      yield parts.join('').replace(/\r$/, '');
      [parts, length, line, from] = [[], 0, line + 1, at + 1];
    }
    take(chunk.slice(from));
  }
  if (length > 0) yield parts.join('');
}

function tooLong(line: number, longest: number): CommandError {
  return new CommandError(
    'INVALID_MESSAGE',
    `line ${line} has more than ${longest} characters: it is no event as \`paystrata export\` writes them`,
  );
}
