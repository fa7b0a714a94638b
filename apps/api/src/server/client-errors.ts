// What cannot even be read as HTTP: too large headers, nonsense, a request that arrives too slowly.

import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import type { Ids } from '@paystrata/application';
import { HttpProblem } from '../problems/http-problem.ts';
import { PROBLEM_TYPE, problemOf } from '../problems/problem-of.ts';
import type { HttpProblemCode } from '../problems/problem-table.ts';

const codes: ReadonlyMap<string, HttpProblemCode> = new Map([
  ['HPE_HEADER_OVERFLOW', 'headers_too_large'],
  ['ERR_HTTP_REQUEST_TIMEOUT', 'request_timeout'],
]);

/** Answers a problem and closes the connection; there is no request that it could belong to. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket, ids: Ids): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = codes.get(error.code ?? '') ?? 'malformed_request';
  const { problem } = problemOf(new HttpProblem(code, ''), { requestId: ids.next(), statedVersion: false });
  const body = JSON.stringify({ ...problem, detail: problem.title });
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nContent-Type: ${PROBLEM_TYPE}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
