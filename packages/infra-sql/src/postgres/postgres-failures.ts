// What PostgreSQL's errors mean for the caller (https://www.postgresql.org/docs/18/errcodes-appendix.html).

import { PortFailure } from '@paystrata/application';

/** The SQLSTATE of an error that the server reported and after which the connection goes on; else undefined. */
function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  // A FATAL or PANIC ends the connection: then nobody knows what became of the statement.
  return 'severity' in error && error.severity === 'ERROR' ? error.code : undefined;
}

/** True where the connection is gone, or never was: a new one may do better. */
export function isConnectionLost(error: unknown): boolean {
  return !(error instanceof PortFailure) && sqlState(error) === undefined;
}

/** Classes and codes after which the very same statement may succeed later; the server has rolled back. */
const passing = ['40', '53', '57', '55P03', '25006'];

/**
 * The failure of a statement that stores nothing, or that the server rolled back. An error that only the statement
 * itself can have caused comes back as it is.
 */
export function postgresFailure(error: unknown): unknown {
  if (error instanceof PortFailure) return error;
  const state = sqlState(error);
  if (state === undefined) return unavailable(`PostgreSQL cannot be reached: ${messageOf(error)}`, error);
  if (state === '53100') {
    return new PortFailure('STORE_FULL', 'no room left for the database: nothing was stored, make room and try again', {
      cause: error,
    });
  }
  if (passing.some((prefix) => state.startsWith(prefix))) {
    return unavailable(`PostgreSQL refused for now (${state}): ${messageOf(error)}`, error);
  }
  return error;
}

/** The failure of a commit: after a lost connection nobody knows what became of it. */
export function commitFailure(error: unknown): unknown {
  if (!isConnectionLost(error)) return postgresFailure(error);
  return new PortFailure(
    'OUTCOME_UNKNOWN',
    `the answer to a commit was lost (${messageOf(error)}): send the same command again to find out`,
    { cause: error },
  );
}

/** The failure to open: nothing was stored, and somebody has to do something about it. */
export function openFailure(error: unknown): PortFailure {
  const failure = postgresFailure(error);
  if (failure instanceof PortFailure) return failure;
  return new PortFailure('STORE_UNAVAILABLE', `the database cannot be opened: ${messageOf(error)}`, {
    cause: error,
    retryable: false,
  });
}

function unavailable(message: string, cause: unknown): PortFailure {
  return new PortFailure('STORE_UNAVAILABLE', message, { cause });
}

function messageOf(error: unknown): string {
  // Node reports a host with several addresses as an AggregateError without a message.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
