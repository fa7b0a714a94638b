// What the handlers of commands work with.

import type { CommandContext } from '../buses/context.ts';
import type { EffectRunner } from '../gateway/effect-runner.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { Strategy } from '../ports/strategy.ts';
import type { WriteOrder } from '../ports/write-model.ts';
import type { PaymentCommand, PaymentId } from '@paystrata/domain';

export interface UseCaseDependencies {
  readonly strategy: Strategy;
  readonly effects: EffectRunner;
  readonly ids: Ids;
  readonly clock: Clock;
  /** The cap on one payment, in minor units of its currency. */
  readonly maxAmount: bigint;
}

const noMetadata = Object.freeze({});

/** The domain's command on its way to the payment, with all that its events will say of where it came from. */
export function orderOf(
  context: CommandContext,
  paymentId: PaymentId,
  command: PaymentCommand,
  metadata: Readonly<Record<string, string>> = noMetadata,
): WriteOrder {
  const { organizationId, commandId, expectedVersion, actor, userId, correlationId, causationId } = context;
  const { respondAsync } = context;
  return {
    organizationId,
    paymentId,
    command,
    commandId,
    expectedVersion,
    actor,
    userId,
    correlationId,
    causationId,
    metadata,
    ...(respondAsync && { wait: false }),
  };
}
