// One request of a session: its key, its organization, and never an answer older than what this tab wrote.

import type { Session } from '../session/session.ts';
import { problemOf, unreachable } from './problem.ts';

export type Send = (path: string, init?: RequestInit) => Promise<Response>;

const POSITION = 'Paystrata-Position';

/** Sends, and throws a `Problem` for every answer that is not a good one. */
export function createTransport(session: Session): Send {
  /** What this tab wrote last. */
  let position: string | null = null;
  return async function send(path, init = {}) {
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${session.key}`);
    if (session.organization !== null) headers.set('Paystrata-Organization', session.organization);
    const reads = init.method === undefined;
    if (reads && position !== null) headers.set(POSITION, position);
    const response = await fetch(path, { ...init, headers }).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw unreachable(error);
    });
    if (response.ok) {
      if (!reads) position = response.headers.get(POSITION) ?? position;
      return response;
    }
    const problem = await problemOf(response);
    if (reads && problem.code === 'POSITION_UNKNOWN' && position !== null) {
      // The log began anew: what was written before is not in it.
      position = null;
      return send(path, init);
    }
    throw problem;
  };
}
