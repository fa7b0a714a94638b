// Sends a command for a request and answers with the payment: what all routes that change a payment have in common.

import { paymentView, type CommandMap, type PaymentId, type Receipt } from '@paystrata/application';
import type { ApiParts, Reply, Request } from '../http/api.ts';
import { commandContextOf } from '../http/contexts.ts';
import { expectedVersionOf } from '../http/preconditions.ts';
import { prefersAsync } from '../http/preferences.ts';
import { organizationOf } from '../http/principal.ts';
import type { CommandIdentity } from '../idempotency/idempotency-guard.ts';
import { requestHash } from '../idempotency/request-hash.ts';
import { Declined, Refused } from '../problems/refused.ts';
import { answerWrite, locationOf, WORKFLOW_HEADER } from './answer-write.ts';
import { outcomeOf } from './outcome.ts';

type PaymentCommandType = Exclude<keyof CommandMap, 'ImportPayments'>;
export type PaymentCommand = { readonly [Type in PaymentCommandType]: CommandMap[Type]['input'] }[PaymentCommandType];

export interface SentCommand {
  /** The payment it is about; null: it makes one. */
  readonly paymentId: PaymentId | null;
  readonly command: PaymentCommand;
  /** The status once it is done. */
  readonly done: 200 | 201;
  /** What the client must have seen; absent: what its If-Match says, if it says anything. */
  readonly expectedVersion?: number | null;
}

/**
 * 200 or 201 once it is done, 202 while the gateway's answer is open or was not waited for.
 *
 * @throws Refused, Declined, HttpProblem, PortFailure
 */
export async function sendCommand(parts: ApiParts, request: Request, reply: Reply, sent: SentCommand): Promise<Reply> {
  const organizationId = organizationOf(request);
  const { expectedVersion = expectedVersionOf(request) } = sent;
  const respondAsync = prefersAsync(request);
  return parts.idempotency.run(
    {
      organizationId,
      route: `${request.method} ${request.routeOptions.url ?? ''}`,
      key: idempotencyKeyOf(request),
      hash: () => requestHash(request.method, request.url, request.body),
      paymentId: sent.paymentId,
    },
    async (identity) => {
      const { commandId, paymentId: newPaymentId } = identity;
      const given = { organizationId, commandId, newPaymentId, expectedVersion, respondAsync };
      const result = await parts.composition.commands.execute(sent.command, commandContextOf(request, parts, given));
      if (!result.ok) throw new Refused(result.rejection);
      const workflowId = parts.composition.strategy.workflowIdOf?.(result.receipt);
      if (respondAsync && workflowId !== undefined) reply.header(WORKFLOW_HEADER, workflowId);
      return answer(reply, result.receipt, sent.done, { ...identity, respondAsync });
    },
  );
}

/** Commands by PATCH and DELETE carry If-Match instead. */
export function idempotencyKeyOf({ method, headers }: Request): string | null {
  const key = headers['idempotency-key'];
  return method === 'POST' && typeof key === 'string' ? key : null;
}

function answer(
  reply: Reply,
  receipt: Receipt,
  done: 200 | 201,
  { known, respondAsync }: Pick<CommandIdentity, 'known'> & { readonly respondAsync: boolean },
): Reply {
  const replayed = receipt.replayed || (known && receipt.events.length === 0);
  answerWrite(reply, receipt, replayed);
  const outcome = outcomeOf(receipt);
  const payment = paymentView(receipt.payment);
  if (outcome.kind === 'declined') throw new Declined(`${outcome.what}_declined`, payment, outcome.failure);
  if (outcome.kind === 'open' || (respondAsync && !replayed)) {
    if (respondAsync) reply.header('preference-applied', 'respond-async');
    return reply.code(202).header('location', locationOf(receipt.paymentId)).send(payment);
  }
  if (done === 201) reply.header('location', locationOf(receipt.paymentId));
  return reply.code(done).send(payment);
}
