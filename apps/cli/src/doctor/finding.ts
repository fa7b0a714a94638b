// What the doctor found about one thing.

export interface Finding {
  /** What was looked at, such as `redis`. */
  readonly check: string;
  /** `warning`: it works, and somebody should know. */
  readonly state: 'ok' | 'warning' | 'failed';
  readonly says: string;
  /** What to do; null where all is well. */
  readonly remedy: string | null;
}

export function ok(check: string, says: string): Finding {
  return { check, state: 'ok', says, remedy: null };
}

export function warning(check: string, says: string, remedy: string): Finding {
  return { check, state: 'warning', says, remedy };
}

export function failed(check: string, says: string, remedy: string): Finding {
  return { check, state: 'failed', says, remedy };
}

export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
