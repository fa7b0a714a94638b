// What can go wrong between a projection and its tables.

import { PortFailure } from '@paystrata/application';

export function notStarted(name: string): PortFailure {
  return new PortFailure('STORE_UNAVAILABLE', `the projection ${name} is not started`, { retryable: false });
}

export function supplanted(name: string): PortFailure {
  return new PortFailure('STORE_UNAVAILABLE', `another rebuild of ${name} was done first`);
}

/** What a statement says of tables that were dropped: PostgreSQL by its SQLSTATE, SQLite in words. */
export function isTableGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === '42P01') || error.message.includes('no such table');
}
