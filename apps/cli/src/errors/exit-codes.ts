// The one place that maps errors to exit codes and to words.

import { PortFailure, type PortFailureCode, type RejectionCode } from '@paystrata/application';
import { CommanderError } from 'commander';
import { CommandError } from './command-error.ts';
import { EventImportStopped } from '../import/import-events.ts';
import { ImportStopped } from '../import/run-import.ts';
import { UsageError } from './usage-error.ts';

/** Documented in every `--help` and in `docs/cli.md`. */
export const exitCodes = {
  ok: 0,
  other: 1,
  usage: 2,
  notFound: 3,
  auth: 4,
  conflict: 5,
  declined: 6,
  unreachable: 7,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const { other, usage, notFound, auth, conflict, declined, unreachable } = exitCodes;

const rejections: Readonly<Record<RejectionCode, ExitCode>> = {
  payment_not_found: notFound,
  payment_deleted: notFound,
  item_unknown: notFound,
  amount_not_positive: usage,
  amount_too_large: usage,
  field_too_long: usage,
  too_many_entries: usage,
  created_in_future: usage,
  payment_exists: conflict,
  illegal_state: conflict,
  needs_review: conflict,
  amount_mismatch: conflict,
  currency_mismatch: conflict,
  attempts_exhausted: conflict,
  refund_exceeds_captured: conflict,
  nothing_to_refund: conflict,
  nothing_to_settle: conflict,
  settlement_ambiguous: conflict,
  settlement_impossible: conflict,
  answer_conflict: conflict,
  personal_data_erased: conflict,
  payment_full: conflict,
};

const failures: Readonly<Record<PortFailureCode, ExitCode>> = {
  INVALID_MESSAGE: usage,
  CONFIG_INVALID: usage,
  CURSOR_INVALID: usage,
  FORBIDDEN: auth,
  WRONG_EXPECTED_VERSION: conflict,
  STREAM_ENDED: conflict,
  EVENT_ID_REUSED: conflict,
  STORE_UNAVAILABLE: unreachable,
  OUTCOME_UNKNOWN: other,
  STORE_FULL: other,
  STORE_DAMAGED: other,
  SCHEMA_TOO_NEW: other,
  EVENT_TOO_NEW: other,
  POSITION_UNKNOWN: other,
  POSITION_TIMEOUT: other,
  CAPABILITY_MISSING: other,
  UNKNOWN_MESSAGE: other,
  HANDLER_REGISTERED_TWICE: other,
  CAUSATION_CYCLE: other,
};

/** Codes of the command itself and of the API. */
const ownCodes: Readonly<Record<string, ExitCode>> = {
  USAGE: usage,
  UNREACHABLE: unreachable,
  unauthorized: auth,
  key_not_found: notFound,
  rows_refused: other,
  payment_declined: declined,
  refund_declined: declined,
  HTTP_400: usage,
  HTTP_401: auth,
  HTTP_402: declined,
  HTTP_403: auth,
  HTTP_404: notFound,
  HTTP_409: conflict,
  HTTP_410: notFound,
  HTTP_412: conflict,
  HTTP_422: usage,
  HTTP_421: unreachable,
  HTTP_503: unreachable,
};

const byCode: ReadonlyMap<string, ExitCode> = new Map(
  [rejections, failures, ownCodes].flatMap((codes): [string, ExitCode][] => Object.entries(codes)),
);

/** What to do about codes that say it badly by themselves. */
const hints: Readonly<Record<string, string>> = {
  OUTCOME_UNKNOWN: 'it may have happened: look with `paystrata payments get` before sending it again',
  WRONG_EXPECTED_VERSION: 'somebody changed the payment meanwhile: look at it and decide anew',
  STORE_UNAVAILABLE: 'see what can be reached, with `paystrata doctor`',
  STORE_FULL: 'make room on the disk and run it again',
  CURSOR_INVALID: 'begin again without --cursor',
  wrong_role: 'let PAYSTRATA_API_URL name a process with the role that is asked for, or with the role "all"',
  payment_not_found: 'check the id and --organization; `paystrata payments list` shows what there is',
  payment_deleted: 'its history can still be read with `paystrata payments history ID`',
};

/** An error as it is shown: what happened, its code, and what to do. */
export interface Explained {
  readonly exit: ExitCode;
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly requestId: string | null;
}

/** The exit code of an error code, or of the HTTP status it came with; 1 for what nobody knows. */
function exitCodeOf(code: string, status: number | null = null): ExitCode {
  return byCode.get(code) ?? byCode.get(`HTTP_${status}`) ?? other;
}

export function explain(error: unknown): Explained {
  if (error instanceof CommandError) {
    const { code, message, requestId } = error;
    return { exit: exitCodeOf(code, error.status), code, message, hint: error.hint ?? hints[code] ?? null, requestId };
  }
  if (error instanceof ImportStopped || error instanceof EventImportStopped) {
    const cause = explain(error.cause);
    return {
      ...cause,
      message: `${error.message}: ${cause.message}`,
      hint: 'what was imported stays; run the same command again to go on',
    };
  }
  if (error instanceof UsageError) return plain(usage, 'USAGE', error.message, error.hint);
  if (error instanceof CommanderError)
    return plain(error.exitCode === 0 ? exitCodes.ok : usage, 'USAGE', error.message);
  if (error instanceof Error && error.name === 'AbortError')
    return plain(exitCodes.interrupted, 'INTERRUPTED', 'stopped');
  if (error instanceof PortFailure) {
    const { code, message } = error;
    return plain(exitCodeOf(code), code, message, hints[code] ?? null);
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return plain(other, 'BUG', message, 'this is a mistake in Paystrata: please report it with these lines');
}

function plain(exit: ExitCode, code: string, message: string, hint: string | null = null): Explained {
  return { exit, code, message, hint, requestId: null };
}
