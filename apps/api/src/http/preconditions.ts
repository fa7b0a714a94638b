// If-Match and If-None-Match: strong entity tags, a payment's version in quotes (RFC 9110, section 13.1).

import { HttpProblem } from '../problems/http-problem.ts';
import type { Request } from './api.ts';

export function etagOf(version: number): string {
  return `"${version}"`;
}

/**
 * The version that the client saw; null where it does not say, or says `*`.
 *
 * @throws HttpProblem `malformed_header` unless it is one strong tag.
 */
export function expectedVersionOf({ headers }: Request): number | null {
  const tag = headers['if-match'];
  if (tag === undefined || tag.trim() === '*') return null;
  const [, version] = /^\s*"([1-9]\d{0,8})"\s*$/.exec(tag) ?? [];
  if (version !== undefined) return Number(version);
  throw new HttpProblem('malformed_header', 'If-Match must be one ETag of the payment, such as "3"', {
    param: 'If-Match',
  });
}

/** As `expectedVersionOf`, where the client must say. @throws HttpProblem `precondition_required` */
export function requireExpectedVersion(request: Request): number | null {
  if (request.headers['if-match'] !== undefined) return expectedVersionOf(request);
  throw new HttpProblem('precondition_required', 'send the ETag that you saw as If-Match', { param: 'If-Match' });
}

/** Whether the client has that version already. Comparison is weak, as for every If-None-Match. */
export function hasAlready({ headers }: Request, version: number): boolean {
  const tags = headers['if-none-match'];
  return tags !== undefined && tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etagOf(version));
}
