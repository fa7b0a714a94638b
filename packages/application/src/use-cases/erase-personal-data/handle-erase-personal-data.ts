// Erases the personal data of a payment and of every other payment of the same customer in the organization.

import { parseCommandId, paymentStatuses, type CommandId, type Payment } from '@paystrata/domain';
import { READ_TIMEOUT_MS, type CommandContext } from '../../buses/context.ts';
import { everyPayment } from '../../read/queries.ts';
import type { Receipt, WriteResult } from '../../ports/write-model.ts';
import { orderOf, type UseCaseDependencies } from '../dependencies.ts';
import type { ErasePersonalDataMessage } from './erase-personal-data.ts';

/** The receipt is that of the payment named. Sent again after a fault, it erases what was left. */
export function handleErasePersonalData(dependencies: UseCaseDependencies) {
  return async ({ paymentId }: ErasePersonalDataMessage, context: CommandContext): Promise<WriteResult> => {
    const { strategy, clock } = dependencies;
    const erase = { type: 'ErasePersonalData', now: clock.now() } as const;
    const result = await strategy.write.execute(orderOf(context, paymentId, erase));
    if (!result.ok) return result;
    for (const other of await othersOf(result.receipt, context, dependencies)) {
      const commandId = derivedId(context.commandId, other.id);
      const erased = await strategy.write.execute(
        orderOf({ ...context, commandId, expectedVersion: null }, other.id, erase),
      );
      if (!erased.ok) return erased;
    }
    return result;
  };
}

/** Payments of the same data subject, deleted ones included, whose personal data is still there. */
async function othersOf(
  { payment, position }: Receipt,
  { organizationId }: CommandContext,
  { strategy }: UseCaseDependencies,
): Promise<readonly Payment[]> {
  if (String(payment.subject) === String(payment.id)) return [];
  const others: Payment[] = [];
  const filter = { ...everyPayment, customer: payment.subject, statuses: paymentStatuses };
  const sort = { by: 'created', descending: false } as const;
  let cursor: string | null = null;
  do {
    const page = await strategy.read.search(
      { type: 'SearchPayments', filter, sort, limit: 100, cursor, page: null },
      // Payments that were made a moment before must be among them.
      { organizationId, atLeast: position, timeoutMs: READ_TIMEOUT_MS },
    );
    for (const document of page.payments) {
      const { id, subject, personalErased } = document.payment;
      if (id !== payment.id && subject === payment.subject && !personalErased) others.push(document.payment);
    }
    cursor = page.next;
  } while (cursor !== null);
  return others;
}

function derivedId(commandId: CommandId, part: string): CommandId {
  const id = parseCommandId(`${commandId.slice(0, 200)}#${part}`);
  if (id === undefined) throw new Error(`not a command id: ${commandId}#${part}`);
  return id;
}
