// The answer to a command that the record has: the same whenever it is asked, but for what the gateway said meanwhile.

import type { CommandId } from '@paystrata/domain';
import type { Outcome, WorkflowEvent } from '../protocol/messages.ts';
import type { PaymentStream } from './payment-stream.ts';

/** A command that started an attempt or a refund is shown with what became of it, as far as that is known. */
export function whatCameOf(commandId: CommandId, stream: PaymentStream, callId: string, replayed: boolean): Outcome {
  const own = stream.events.filter((event) => event.commandId === commandId);
  const last = own.at(-1);
  if (last === undefined) throw new Error(`command ${commandId} is not in the record`);
  const begun = own.filter((event) => event.type === 'PaymentProcessingStarted' || event.type === 'RefundRequested');
  const answer = begun.map((event) => answerTo(event, stream.events)).find((event) => event !== undefined);
  const shown = answer === undefined || answer.version < last.version ? last : answer;
  return {
    kind: 'done',
    callId,
    payment: stream.at(shown.version),
    events: answer === undefined ? own : [...own, answer],
    sealedBefore: stream.holdsSealedBefore(own[0]?.version ?? last.version),
    replayed,
    final: begun.length === 0 || answer !== undefined,
  };
}

function answerTo(begun: WorkflowEvent, events: readonly WorkflowEvent[]): WorkflowEvent | undefined {
  if (begun.type === 'PaymentProcessingStarted') {
    const { attemptId } = begun.data;
    return events.find(
      ({ type, data }) => (type === 'PaymentProcessed' || type === 'PaymentFailed') && data.attemptId === attemptId,
    );
  }
  if (begun.type === 'RefundRequested') {
    const { refundId } = begun.data;
    return events.find(
      ({ type, data }) => (type === 'PaymentRefunded' || type === 'RefundFailed') && data.refundId === refundId,
    );
  }
  return undefined;
}
