// Which names streams may have, and how they are written.

import { PortFailure } from '../ports/failures.ts';
import type { StreamName } from '../ports/event-store.ts';

/** The category of the payments' streams, which only commands write. */
export const PAYMENT_CATEGORY = 'payment';

const CATEGORY = /^[a-z][a-z0-9-]{0,31}$/;
const STREAM_ID = /^[!-~]{1,200}$/;

/** @throws PortFailure `INVALID_MESSAGE` */
export function requireStreamName({ category, id }: StreamName): void {
  if (!CATEGORY.test(category)) throw invalid(`the category ${JSON.stringify(category)} is not [a-z][a-z0-9-]{0,31}`);
  if (!STREAM_ID.test(id)) throw invalid(`the id of a stream of ${category} is not 1 to 200 visible ASCII characters`);
}

/** @throws PortFailure `INVALID_MESSAGE` where the stream is not one that an event store may write. */
export function requireWritable(stream: StreamName): void {
  requireStreamName(stream);
  if (stream.category !== PAYMENT_CATEGORY) return;
  throw new PortFailure(
    'FORBIDDEN',
    `the stream ${streamText(stream)} is a payment's: only commands write it; use another category`,
  );
}

/** Unique: neither organizations nor categories hold a slash. */
export function streamText({ organizationId, category, id }: StreamName): string {
  return `${organizationId}/${category}/${id}`;
}

function invalid(message: string): PortFailure {
  return new PortFailure('INVALID_MESSAGE', message);
}
