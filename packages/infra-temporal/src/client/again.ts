// Some failures pass by themselves, and the call is sent again: it carries an id, so it acts once all the same.

import { setTimeout as pause } from 'node:timers/promises';
import { isGrpcServiceError, ServiceError, WorkflowUpdateFailedError } from '@temporalio/client';

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 500;

/** `FAILED_PRECONDITION`, `ABORTED`: the workflow began anew, or its task failed, while the call was on its way. */
const passing: ReadonlySet<number> = new Set([9, 10]);

/** Sends until it is answered, or fails for good, or the deadline is over. */
export async function again<T>(deadline: number, send: () => Promise<T>): Promise<T> {
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    try {
      return await send();
    } catch (error) {
      if (!passes(error) || Date.now() + wait >= deadline) throw error;
      await pause(wait);
    }
  }
}

function passes(error: unknown): boolean {
  if (error instanceof WorkflowUpdateFailedError) return true;
  return error instanceof ServiceError && isGrpcServiceError(error.cause) && passing.has(error.cause.code);
}
