// Problems of the API (RFC 9457), as errors of the command.

import { z } from 'zod';
import { CommandError } from '../../errors/command-error.ts';

const problemSchema = z.looseObject({
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  requestId: z.string(),
});

export type ProblemAnswer = z.output<typeof problemSchema>;

/** Null where the text is no problem of ours. */
export function parseProblem(text: string): ProblemAnswer | null {
  const result = problemSchema.safeParse(jsonOrNull(text));
  return result.success ? result.data : null;
}

const hints: Readonly<Record<string, string>> = {
  unauthorized: 'set PAYSTRATA_API_KEY to a key that `paystrata keys create` printed and that was not revoked',
  organization_required: "an operator's key names the organization with --organization",
  rate_limited: 'send less at a time, or raise limits.ratePerSecond',
};

export function problemError({ code, detail, requestId, status }: ProblemAnswer): CommandError {
  return new CommandError(code, detail, { requestId, status, hint: hints[code] ?? null });
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
