// Whatever goes wrong is answered as a problem, and logged where it is our fault.

import { HttpProblem } from '../problems/http-problem.ts';
import { isFault, PROBLEM_TYPE, problemOf, type ProblemAnswer } from '../problems/problem-of.ts';
import type { Api, Reply, Request } from '../http/api.ts';

export function handleErrors(app: Api): void {
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply));
  app.setNotFoundHandler((request, reply) =>
    answerProblem(new HttpProblem('route_not_found', `there is no ${request.method} of this address`), request, reply),
  );
}

/** Headers that were set before, such as the ETag of a declined payment, stay. */
export function answerProblem(error: unknown, request: Request, reply: Reply): Reply {
  const { problem, headers } = loggedProblem(error, request);
  return reply.code(problem.status).headers(headers).type(PROBLEM_TYPE).send(problem);
}

/** The problem that a client is told of; what is our fault is in the log then. */
export function loggedProblem(error: unknown, request: Request): ProblemAnswer {
  const statedVersion = request.headers['if-match'] !== undefined;
  const answer = problemOf(error, { requestId: request.id, statedVersion });
  const { code } = answer.problem;
  if (isFault(answer)) request.log.error({ error, code, requestId: request.id }, 'a request failed');
  return answer;
}
