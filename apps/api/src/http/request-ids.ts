// Every request has an id, in its answer and in the log: the client's own where it is sane.

import type { Ids } from '@paystrata/application';
import type { IncomingMessage } from 'node:http';

export const REQUEST_ID_HEADER = 'x-request-id';

/** Short and of harmless characters, so that it can stand in logs and headers. */
const sane = /^[\w.:-]{1,128}$/;

export function requestIds(ids: Ids): (request: IncomingMessage) => string {
  return ({ headers }) => {
    const named = headers[REQUEST_ID_HEADER];
    return typeof named === 'string' && sane.test(named) ? named : ids.next();
  };
}
