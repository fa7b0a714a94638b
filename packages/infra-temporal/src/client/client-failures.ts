// What went wrong on the way to a workflow, in the words of the ports.

import { PortFailure, type PaymentKey } from '@paystrata/application';
import { WorkflowNotFoundError } from '@temporalio/client';

/** True where there is no open workflow of that id: none ever, or one that was ended. */
export function isNotFound(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError;
}

/** A command that may or may not have been taken. */
export function outcomeUnknown(cause: unknown, deadlineMs: number): PortFailure {
  return new PortFailure(
    'OUTCOME_UNKNOWN',
    `no answer to the command within ${deadlineMs} ms, or the server went away: send the same command id again. Where ` +
      'it stays so, see whether the server and a worker (paystrata worker) run',
    { cause },
  );
}

/** A read that could not be made. */
export function unavailable(cause: unknown): PortFailure {
  return new PortFailure('STORE_UNAVAILABLE', 'a workflow could not be asked: see whether server and worker run', {
    cause,
  });
}

/** A payment whose workflow somebody ended by hand: never taken for one that does not exist. */
export function endedFromOutside({ organizationId, paymentId }: PaymentKey, status: string): PortFailure {
  return new PortFailure(
    'STORE_DAMAGED',
    `the workflow of payment ${organizationId}/${paymentId} was ended from outside (${status}): reset it ` +
      '(temporal workflow reset), then send the command again',
    { details: { paymentId, status } },
  );
}

/** The caller has seen another version than there is. */
export function wrongVersion({ paymentId }: PaymentKey, expected: number, actual: number): PortFailure {
  return new PortFailure(
    'WRONG_EXPECTED_VERSION',
    `payment ${paymentId} is at version ${actual}, not ${expected}: read it again and decide anew`,
    { details: { expected, actual } },
  );
}
