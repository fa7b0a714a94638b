// Follows the events of a running API as server-sent events; after a lost connection it goes on where it was.

import { setTimeout as pause } from 'node:timers/promises';
import type { EventView } from '@paystrata/application';
import type { Connection } from './connection.ts';
import { readJson } from './read-answer.ts';
import { framesOf } from './server-sent-events.ts';
import { event } from './wire-schemas.ts';

const RECONNECT_MS = 500;

/** Resolves once the stream stands. Ends once the signal is aborted. */
export async function followApi(connection: Connection, signal: AbortSignal): Promise<AsyncIterable<EventView>> {
  const open = (lastId: string | null): Promise<Response> =>
    connection.send({
      method: 'GET',
      path: '/v1/events/stream',
      headers: { accept: 'text/event-stream', ...(lastId !== null && { 'last-event-id': lastId }) },
      signal,
      timeout: null,
    });
  return eventsOf(await open(null), open, signal);
}

async function* eventsOf(
  first: Response,
  open: (lastId: string | null) => Promise<Response>,
  signal: AbortSignal,
): AsyncGenerator<EventView> {
  let response = first;
  let lastId: string | null = null;
  while (!signal.aborted) {
    try {
      for await (const { id, data } of framesOf(response)) {
        lastId = id ?? lastId;
        yield readJson(event, data);
      }
      if (!signal.aborted) await pause(RECONNECT_MS, undefined, { signal });
      response = await open(lastId);
    } catch (error) {
      if (signal.aborted) return;
      if (!isLostConnection(error)) throw error;
      await pause(RECONNECT_MS, undefined, { signal }).catch(() => undefined);
      response = await open(lastId);
    }
  }
}

/** A stream that broke off; what the API refuses is no such thing. */
function isLostConnection(error: unknown): boolean {
  return error instanceof TypeError;
}
