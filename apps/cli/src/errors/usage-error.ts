// What the command line itself got wrong, found before anything was done.

/** Bad flags, a file that is not there, a column that the file does not have. Exits with 2. */
export class UsageError extends Error {
  readonly code = 'USAGE';
  /** What to do about it. */
  readonly hint: string | null;

  constructor(message: string, hint: string | null = null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'UsageError';
    this.hint = hint;
  }
}
