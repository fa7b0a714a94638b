import { describe, expect, it } from 'vitest';
import { boundedLines } from './bounded-lines.ts';

async function* of(...chunks: readonly string[]) {
  yield* chunks;
}

async function all(lines: AsyncIterable<string>) {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

async function linesIn(...chunks: readonly string[]) {
  return all(boundedLines(of(...chunks), 5));
}

describe('lines', () => {
  it.each([
    [[], []],
    [[''], []],
    [['a'], ['a']],
    [['a\n'], ['a']],
    [['a\n\nb'], ['a', '', 'b']],
    [
      ['a\r\nb\r', '\nc'],
      ['a', 'b', 'c'],
    ],
    [
      ['1', '2', '34', '5\n1', '2345'],
      ['12345', '12345'],
    ],
  ])('of %j are %j', async (chunks, lines) => {
    expect(await linesIn(...chunks)).toEqual(lines);
  });

  it('are refused where one is too long, though its end never comes', async () => {
    let read = 0;
    const endless = async function* () {
      yield 'ab\n';
      for (;;) {
        read += 1;
        yield 'xx';
      }
    };
    await expect(all(boundedLines(endless(), 5))).rejects.toThrow('line 2 has more than 5 characters');
    expect(read).toBe(3);
  });
});
