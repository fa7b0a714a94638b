// Goes through many files of lines at once: each name once, with its highest revision.

import type { Line } from './document-line.ts';
import type { Segment } from './segment.ts';

interface Reader {
  line: Line;
  readonly rest: AsyncGenerator<Line>;
}

/** In the order of names, those from the name on. */
export async function* newestLines(segments: Iterable<Segment>, from: string): AsyncGenerator<Line> {
  const readers: Reader[] = [];
  try {
    for (const segment of segments) {
      const rest = segment.from(from);
      const first = await rest.next();
      if (first.done !== true) readers.push({ line: first.value, rest });
    }
    while (readers.length > 0) {
      const next = newestOfFirst(readers);
      yield next;
      await stepPast(readers, next.name);
    }
  } finally {
    for (const { rest } of readers) await rest.return(undefined);
  }
}

function newestOfFirst(readers: readonly Reader[]): Line {
  return readers
    .map(({ line }) => line)
    .reduce((best, line) => {
      if (line.name !== best.name) return line.name < best.name ? line : best;
      return line.revision > best.revision ? line : best;
    });
}

async function stepPast(readers: Reader[], name: string): Promise<void> {
  for (let index = readers.length - 1; index >= 0; index -= 1) {
    const reader = readers[index];
    if (reader?.line.name !== name) continue;
    const next = await reader.rest.next();
    if (next.done === true) readers.splice(index, 1);
    else reader.line = next.value;
  }
}
