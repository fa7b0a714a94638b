// What a writer expects of a stream, and how it is told that it was wrong.

import { PortFailure } from '../ports/failures.ts';
import type { ExpectedVersion, StreamName } from '../ports/event-store.ts';
import { streamText } from './stream-name.ts';

/** @param actual 0 for a stream without events */
export function meetsExpected(expected: ExpectedVersion, actual: number): boolean {
  switch (expected) {
    case 'any':
      return true;
    case 'noStream':
      return actual === 0;
    case 'streamExists':
      return actual > 0;
    default:
      return actual === expected;
  }
}

export function wrongExpectedVersion(stream: StreamName, expected: ExpectedVersion, actual: number): PortFailure {
  return new PortFailure(
    'WRONG_EXPECTED_VERSION',
    `the stream ${streamText(stream)} is at version ${actual}, expected was ${expected}: read it and decide again`,
    { details: { expected, actual } },
  );
}

export function streamEnded(stream: StreamName): PortFailure {
  return new PortFailure('STREAM_ENDED', `the stream ${streamText(stream)} was ended: nothing can be appended`);
}

export function eventIdReused(stream: StreamName, eventId: string, what: string): PortFailure {
  return new PortFailure('EVENT_ID_REUSED', `the stream ${streamText(stream)} has the event ${eventId}, but ${what}`, {
    details: { eventId },
  });
}

export function wrongRevision(stream: StreamName, expected: number, actual: number): PortFailure {
  return new PortFailure(
    'WRONG_EXPECTED_VERSION',
    `the metadata of ${streamText(stream)} has revision ${actual}, expected was ${expected}: read it again`,
    { details: { expected, actual } },
  );
}
