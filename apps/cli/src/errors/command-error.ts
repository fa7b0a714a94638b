// What a command reports instead of a result: the same whether the store or a running API refused.

export interface CommandErrorOptions {
  readonly hint?: string | null;
  /** Of the API's answer, to be found in its log. */
  readonly requestId?: string | null;
  /** The HTTP status of the API's answer: stands in for a code that the command does not know. */
  readonly status?: number;
  readonly cause?: unknown;
}

/** A refusal with the stable code that `docs/errors.md` explains; `exit-codes.ts` gives each its exit code. */
export class CommandError extends Error {
  readonly code: string;
  readonly hint: string | null;
  readonly requestId: string | null;
  readonly status: number | null;

  constructor(code: string, message: string, { hint, requestId, status, cause }: CommandErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CommandError';
    this.code = code;
    this.hint = hint ?? null;
    this.requestId = requestId ?? null;
    this.status = status ?? null;
  }
}
