// One command upon the record: known already, refused, or decided and recorded. Synchronous from looking to recording,
// so nothing can come between: this is the mutex of the payment.

import { decide } from '@paystrata/domain';
import type { OrderMessage, Outcome } from '../protocol/messages.ts';
import { enveloped } from './envelope.ts';
import type { PaymentStream } from './payment-stream.ts';
import { whatCameOf } from './what-came-of.ts';

/** What is said at once; `recorded` where the command left events, whose effects are still to be carried out. */
export type Verdict =
  { readonly recorded: true; readonly version: number } | { readonly recorded: false; readonly outcome: Outcome };

export function carryOut(order: OrderMessage, stream: PaymentStream): Verdict {
  const { callId, commandId, command, expectedVersion } = order;
  if (stream.has(commandId)) return said(whatCameOf(commandId, stream, callId, true));
  const { payment, version } = stream;
  if (expectedVersion !== null && payment !== null && expectedVersion !== version) {
    return said({ kind: 'wrong_version', callId, expected: expectedVersion, actual: version });
  }
  const decision = decide(command, payment);
  if (!decision.accepted) return said({ kind: 'refused', callId, rejection: decision.rejection });
  if (decision.events.length === 0) {
    const sealedBefore = stream.holdsSealedBefore(version + 1);
    const payment = stream.at(version);
    return said({ kind: 'done', callId, payment, events: [], sealedBefore, replayed: false, final: false });
  }
  stream.append(enveloped(decision.events, order, version));
  return { recorded: true, version };
}

function said(outcome: Outcome): Verdict {
  return { recorded: false, outcome };
}
