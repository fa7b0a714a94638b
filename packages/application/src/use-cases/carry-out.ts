// After a command that asks for money to be moved: have it moved, by whoever the strategy says does it.

import { dueEffects } from '@paystrata/domain';
import type { CommandContext } from '../buses/context.ts';
import { onceThere, type Soon } from '../ports/soon.ts';
import type { Receipt, WriteResult } from '../ports/write-model.ts';
import type { UseCaseDependencies } from './dependencies.ts';

/** The result with what the gateway answered; one that is refused as it is. */
export function carriedOut(
  result: WriteResult,
  context: CommandContext,
  dependencies: UseCaseDependencies,
): Soon<WriteResult> {
  if (!result.ok) return result;
  return onceThere(carryOut(result.receipt, context, dependencies), (receipt) => ({ ok: true, receipt }));
}

/**
 * Calls the gateway for the effect that this very receipt began. A replay begins nothing: what it once began was
 * called then or is looked up.
 *
 * @returns the receipt with the recorded answer; the one given where the outcome is open, or nobody waits for it.
 */
function carryOut(receipt: Receipt, context: CommandContext, dependencies: UseCaseDependencies): Soon<Receipt> {
  if (receipt.replayed || dependencies.strategy.capabilities.effects === 'strategy') return receipt;
  const begun = receipt.events.find(
    (event) => event.type === 'PaymentProcessingStarted' || event.type === 'RefundRequested',
  );
  if (begun === undefined) return receipt;
  const effect = dueEffects(receipt.payment).find(({ gatewayKey }) => gatewayKey === begun.data.gatewayKey);
  if (effect === undefined) return receipt;
  const { correlationId, userId } = context;
  const performed = dependencies.effects.perform(effect, { correlationId, causationId: begun.eventId, userId });
  if (context.respondAsync) return receipt;
  return onceThere(performed, (answered) =>
    answered === null ? receipt : { ...answered, events: [...receipt.events, ...answered.events] },
  );
}
