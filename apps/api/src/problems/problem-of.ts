// The one place that turns whatever went wrong into a problem (RFC 9457).

import { InvalidMessage, PortFailure, type MessageIssue, type PaymentView } from '@paystrata/application';
import { HttpProblem } from './http-problem.ts';
import { problemKinds, type HttpProblemCode, type ProblemCode } from './problem-table.ts';
import { Declined, Refused } from './refused.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** What a client gets in the place of an answer. */
export interface Problem {
  /** Where the code is explained, relative to the API. */
  readonly type: string;
  /** What the code means: the same sentence each time. */
  readonly title: string;
  readonly status: number;
  /** What is wrong this time. */
  readonly detail: string;
  /** Stable, for programs. */
  readonly code: ProblemCode;
  /** The field, parameter or header at fault, where it is one. */
  readonly param: string | null;
  readonly requestId: string;
  /** Everything that is malformed, where something is. */
  readonly errors: readonly { readonly param: string; readonly message: string }[];
  readonly details: Readonly<Record<string, string | number | boolean>>;
  /** The payment as it is now, where the gateway declined. */
  readonly payment?: PaymentView;
  readonly failure?: PaymentView['failure'];
}

export interface ProblemAnswer {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is known of the request that failed. */
export interface FailedRequest {
  readonly requestId: string;
  /** Whether the client stated the version that it had seen. */
  readonly statedVersion: boolean;
}

/** Never tells of the inside: what a client cannot mend is in the log, under the request id. */
export function problemOf(error: unknown, request: FailedRequest): ProblemAnswer {
  if (error instanceof HttpProblem) {
    const { code, message, param, headers } = error;
    return answer(code, request, { detail: message, param }, headers);
  }
  if (error instanceof Refused) {
    const { code, message, param, details } = error.rejection;
    return answer(code, request, { detail: message, param, details });
  }
  if (error instanceof Declined) {
    const { code, message, payment, failure } = error;
    return answer(code, request, { detail: message, payment, failure });
  }
  if (error instanceof InvalidMessage) return malformed(error.issues, request);
  if (error instanceof PortFailure) return failed(error, request);
  return answer(codeOfFrameworkError(error), request, {});
}

type Particulars = Partial<Pick<Problem, 'detail' | 'param' | 'errors' | 'details' | 'payment' | 'failure' | 'status'>>;

function answer(
  code: ProblemCode,
  { requestId }: FailedRequest,
  particulars: Particulars,
  headers: ProblemAnswer['headers'] = {},
): ProblemAnswer {
  const { status, meaning } = problemKinds[code];
  const problem: Problem = {
    type: `/docs/errors#${code}`,
    title: meaning,
    status,
    detail: meaning,
    code,
    param: null,
    requestId,
    errors: [],
    details: {},
    ...particulars,
  };
  const retryAfter: ProblemAnswer['headers'] = problem.status === 503 ? { 'retry-after': '1' } : {};
  return { problem, headers: { ...retryAfter, ...headers } };
}

/** A request can be wrong in any number of ways; an answer stays short. */
const MOST_ERRORS = 20;
const LONGEST_TEXT = 200;

function malformed(issues: readonly MessageIssue[], request: FailedRequest): ProblemAnswer {
  const errors = issues.slice(0, MOST_ERRORS).map(({ path, message }) => ({
    param: path.slice(0, LONGEST_TEXT),
    message: message.length > LONGEST_TEXT ? `${message.slice(0, LONGEST_TEXT)}…` : message,
  }));
  const detail = errors.map(({ param, message }) => (param === '' ? message : `${param}: ${message}`)).join('; ');
  const param = errors.find((each) => each.param !== '')?.param ?? null;
  return answer('INVALID_MESSAGE', request, { detail, param, errors });
}

/** Messages of these say nothing but what the client asked for. */
const tellable: ReadonlySet<string> = new Set(['CAPABILITY_MISSING', 'POSITION_TIMEOUT']);

function failed({ code, message, details }: PortFailure, request: FailedRequest): ProblemAnswer {
  const { status, meaning } = problemKinds[code];
  if (status >= 500) return answer(code, request, { detail: tellable.has(code) ? message : meaning });
  if (code !== 'WRONG_EXPECTED_VERSION') return answer(code, request, { detail: message, details });
  // Without If-Match there is no precondition that failed: too many others were faster.
  return answer(code, request, { detail: message, details, ...(!request.statedVersion && { status: 409 }) });
}

const codesOfStatus: ReadonlyMap<number, HttpProblemCode> = new Map([
  [400, 'malformed_request'],
  [404, 'route_not_found'],
  [408, 'request_timeout'],
  [413, 'body_too_large'],
  [414, 'malformed_request'],
  [415, 'unsupported_media_type'],
  [429, 'rate_limited'],
  [431, 'headers_too_large'],
  [503, 'shutting_down'],
]);

/** Errors of Fastify tell by their status what they are; anything else is a mistake of ours. */
function codeOfFrameworkError(error: unknown): HttpProblemCode {
  if (!(error instanceof Error) || !('statusCode' in error)) return 'internal_error';
  const isJson = error.name === 'SyntaxError' || ('code' in error && String(error.code).endsWith('JSON_BODY'));
  if (error.statusCode === 400 && isJson) return 'malformed_json';
  return codesOfStatus.get(Number(error.statusCode)) ?? 'internal_error';
}

/** True for what is our own fault and not a client's: it belongs in the log as an error. */
export function isFault({ problem }: ProblemAnswer): boolean {
  return problem.status >= 500 && problem.code !== 'shutting_down' && problem.code !== 'CAPABILITY_MISSING';
}
