// Reading the log in memory from a position on, skipping the chunks that hold nothing of what was asked for.

import { compileStreamEventFilter, type AllPage, type ReadAllRequest, type StreamEvent } from '@paystrata/application';
import type { ChunkedLog } from './chunked-log.ts';

/** Events that are looked at without a break; then others have their turn. */
const EVENTS_A_TURN = 16_384;

/**
 * @param shown how an event is handed out; filters look at what is handed out
 * @param beside the event that is kept beside the log at a position; undefined where the filter cannot hold for it
 */
export async function readMemoryLog(
  log: ChunkedLog,
  { direction, from, limit, filter = {} }: ReadAllRequest,
  shown: (event: StreamEvent) => StreamEvent,
  beside: (position: number) => StreamEvent | undefined,
): Promise<AllPage> {
  const matches = compileStreamEventFilter(filter);
  const step = direction === 'forward' ? 1 : -1;
  const events: StreamEvent[] = [];
  let at = step === 1 ? (from ?? 0) + 1 : Math.min(from ?? Infinity, log.head + 1) - 1;
  let rest = EVENTS_A_TURN;
  for (;;) {
    const chunk = at < 1 ? undefined : log.chunkAt(at);
    if (chunk === undefined || at > log.head) return { events, next: endOf(log.head, step, from), end: true };
    if (matches !== null && !chunk.mayHold(filter)) {
      at = step === 1 ? chunk.first + chunk.length : chunk.first - 1;
      continue;
    }
    const found = log.eventsOf(chunk);
    const chunkEvents = found instanceof Promise ? await found : found;
    for (let event = chunkEvents[at - chunk.first]; event !== undefined; event = chunkEvents[at - chunk.first]) {
      const seen = event === null ? beside(at) : shown(event);
      if (seen !== undefined && (matches === null || matches(seen))) {
        if (events.length >= limit) return { events, next: at - step, end: false };
        events.push(seen);
      }
      at += step;
      rest--;
    }
    if (rest > 0) continue;
    rest = EVENTS_A_TURN;
    await new Promise(setImmediate);
  }
}

/** Everything was considered. */
function endOf(head: number, step: number, from: number | null): number {
  if (step === 1) return Math.max(head, from ?? 0);
  return head === 0 ? (from ?? 0) : 1;
}
