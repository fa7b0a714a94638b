// Answers with server-sent events.

import type { Readable } from 'node:stream';
import type { Reply } from '../http/api.ts';

/** Whoever is in between is asked to hand on each frame as it comes, and to keep none. */
export function sendEventStream(reply: Reply, frames: Readable): Reply {
  return (
    reply
      .code(200)
      .type('text/event-stream')
      .header('cache-control', 'no-store, no-transform')
      // A connection that was kept alive would outlast the stream, and hold up a server that is about to end.
      .header('connection', 'close')
      .header('x-accel-buffering', 'no')
      .send(frames)
  );
}
