// Whatever goes wrong is answered as a problem, and logged where it is our fault.

import { HttpProblem } from '../problems/http-problem.ts';
import { isFault, PROBLEM_TYPE, problemOf } from '../problems/problem-of.ts';
import type { Api, Reply, Request } from '../http/api.ts';

export function handleErrors(app: Api): void {
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply));
  app.setNotFoundHandler((request, reply) =>
    answerProblem(new HttpProblem('route_not_found', `there is no ${request.method} of this address`), request, reply),
  );
}

/** Headers that were set before, such as the ETag of a declined payment, stay. */
export function answerProblem(error: unknown, request: Request, reply: Reply): Reply {
  const statedVersion = request.headers['if-match'] !== undefined;
  const answer = problemOf(error, { requestId: request.id, statedVersion });
  const { problem, headers } = answer;
  if (isFault(answer)) request.log.error({ error, code: problem.code, requestId: request.id }, 'a request failed');
  return reply.code(problem.status).headers(headers).type(PROBLEM_TYPE).send(problem);
}
