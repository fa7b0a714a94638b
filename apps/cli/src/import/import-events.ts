// The import of an export: events, a line each, taken in as they are, window by window, in bounded memory.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { eventFromView, InvalidMessage, type Adopted } from '@paystrata/application';
import type { Client } from '../client/client.ts';
import { CommandError } from '../errors/command-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import { showProgress } from '../output/progress-bar.ts';
import type { Terminal } from '../terminal.ts';
import { boundedLines } from './bounded-lines.ts';

/** Events that are taken in at once. */
const WINDOW = 1000;

type Event = ReturnType<typeof eventFromView>;

export interface EventImport extends Adopted {
  readonly read: number;
  /** The last line that is in the store, with all before it. */
  readonly line: number;
  /** False where the user stopped it. */
  readonly complete: boolean;
}

/** What ended an import of events early. */
export class EventImportStopped extends Error {
  readonly code = 'IMPORT_STOPPED';

  constructor(line: number, cause: unknown) {
    super(`the import stopped after line ${line}`, { cause });
    this.name = 'EventImportStopped';
  }
}

/**
 * The same file again takes in what is missing. `dryRun` only reads and checks each line.
 *
 * @throws UsageError where the file cannot be read; EventImportStopped where a line is refused or the store fails: what came
 * before is in the store.
 */
export async function importEvents(
  path: string,
  { dryRun }: { readonly dryRun: boolean },
  client: Pick<Client, 'adopt'>,
  terminal: Terminal,
): Promise<EventImport> {
  const { size } = await stat(path).catch((error: unknown) => unreadable(path, error));
  const bar = showProgress(terminal, dryRun ? 'checking' : 'importing');
  const sum = { read: 0, line: 0, adopted: 0, known: 0, complete: true };
  let bytes = 0;
  const begun = performance.now();
  try {
    for await (const window of windowsOf(path)) {
      if (!dryRun) {
        const { adopted, known } = await client.adopt(window.events);
        sum.adopted += adopted;
        sum.known += known;
      }
      sum.read += window.events.length;
      sum.line = window.line;
      bytes += window.bytes;
      const rate = Math.round((sum.read * 1000) / (performance.now() - begun)).toLocaleString('en');
      bar.update(
        { done: Math.min(bytes, size), total: size },
        `${sum.read.toLocaleString('en')} events, ${rate} a second`,
      );
      if (terminal.stop.aborted) return { ...sum, complete: false };
    }
    return sum;
  } catch (cause) {
    throw cause instanceof UsageError ? cause : new EventImportStopped(sum.line, cause);
  } finally {
    bar.stop();
  }
}

interface Window {
  readonly events: readonly Event[];
  readonly line: number;
  readonly bytes: number;
}

async function* windowsOf(path: string): AsyncGenerator<Window> {
  let [line, bytes] = [0, 0];
  let events: Event[] = [];
  for await (const text of boundedLines(chunksOf(path))) {
    line += 1;
    bytes += text.length + 1;
    if (text.trim() !== '') events.push(eventOf(text, line));
    if (events.length < WINDOW) continue;
    yield { events, line, bytes };
    [events, bytes] = [[], 0];
  }
  if (events.length > 0) yield { events, line, bytes };
}

async function* chunksOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path, { encoding: 'utf8' });
  try {
    for await (const chunk of file) yield String(chunk);
  } catch (error) {
    unreadable(path, error);
  }
}

/** @throws CommandError that names the line. */
function eventOf(text: string, line: number): Event {
  try {
    return eventFromView(JSON.parse(text));
  } catch (cause) {
    if (!(cause instanceof InvalidMessage) && !(cause instanceof SyntaxError)) throw cause;
    const why =
      cause instanceof InvalidMessage ? cause.issues.map(({ message }) => message).join('; ') : 'it is not JSON';
    throw new CommandError('INVALID_MESSAGE', `line ${line} is no event as \`paystrata export\` writes them: ${why}`, {
      cause,
    });
  }
}

function unreadable(path: string, cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new UsageError(`${path} cannot be read: ${reason}`, 'name a file that `paystrata export` wrote', cause);
}
