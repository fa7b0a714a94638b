// How a gateway's answer comes back to the payment: as a command like any other, but one that no API exposes.

import { parseCommandId, type CommandId, type GatewayAnswer, type Instant, type Item } from '@paystrata/domain';
import type { PaymentKey } from '../events/recorded-event.ts';
import type { WriteOrder } from '../ports/write-model.ts';

/** What set off the call of the gateway. */
export interface Cause {
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly userId: string | null;
}

/** The same answer about the same item always has the same command id, so recording it twice is recording it once. */
export function answerOrder(
  key: PaymentKey,
  item: Item,
  answer: GatewayAnswer,
  cause: Cause,
  now: Instant,
): WriteOrder {
  return {
    organizationId: key.organizationId,
    paymentId: key.paymentId,
    command: { type: 'RecordGatewayAnswer', item, answer, now },
    commandId: commandIdOf(`${key.paymentId}:${item.id}#${answer.outcome}`),
    expectedVersion: null,
    actor: 'gateway',
    userId: cause.userId,
    correlationId: cause.correlationId,
    causationId: cause.causationId,
    metadata: noMetadata,
  };
}

const noMetadata = Object.freeze({});

function commandIdOf(text: string): CommandId {
  const id = parseCommandId(text);
  if (id === undefined) throw new Error(`not a command id: ${text}`);
  return id;
}
