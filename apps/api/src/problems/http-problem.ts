// A problem that the API itself finds with a request.

import type { HttpProblemCode } from './problem-table.ts';

export interface HttpProblemOptions {
  /** The field, parameter or header at fault. */
  readonly param?: string;
  /** Headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** Thrown where a request cannot be answered; `message` becomes the detail. */
export class HttpProblem extends Error {
  readonly code: HttpProblemCode;
  readonly param: string | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: HttpProblemCode, message: string, { param, headers, cause }: HttpProblemOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'HttpProblem';
    this.code = code;
    this.param = param ?? null;
    this.headers = headers ?? {};
  }
}
