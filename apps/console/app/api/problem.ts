// What the API says when it refuses or fails (RFC 9457), and what a browser says when nobody answers.

import type { PaymentView, ProblemBody } from './types.ts';

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string | null;
  /** The payment that came with a declined charge or refund. */
  readonly payment: PaymentView | null;

  constructor(status: number, code: string, detail: string, requestId: string | null, payment: PaymentView | null) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.requestId = requestId;
    this.payment = payment;
  }
}

export async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as Partial<ProblemBody>;
  return new Problem(
    response.status,
    body.code ?? `HTTP_${response.status}`,
    body.detail ?? body.title ?? `the API answered ${response.status}`,
    body.requestId ?? response.headers.get('x-request-id'),
    body.payment ?? null,
  );
}

/** A problem that was told in the middle of an answer. */
export function problemIn(text: string): Problem {
  const { status, code, detail, requestId, payment } = JSON.parse(text) as ProblemBody;
  return new Problem(status, code, detail, requestId, payment ?? null);
}

/** A failure of the network, told like any other. */
export function unreachable(cause: unknown): Problem {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Problem(0, 'UNREACHABLE', `the API does not answer (${why})`, null, null);
}
