// Erases the personal data of a payment and of every other payment of the same customer in the organization.

import { parseCommandId, paymentStatuses, type CommandId, type Payment } from '@paystrata/domain';
import { READ_TIMEOUT_MS, type CommandContext } from '../../buses/context.ts';
import { everyPayment } from '../../read/queries.ts';
import type { Receipt, WriteResult } from '../../ports/write-model.ts';
import { orderOf, type UseCaseDependencies } from '../dependencies.ts';
import type { ErasePersonalDataMessage } from './erase-personal-data.ts';

/** Payments that are erased with one commit. */
const SLICE = 50;

/** The receipt is that of the payment named. Sent again after a fault, it erases what was left. */
export function handleErasePersonalData(dependencies: UseCaseDependencies) {
  return async ({ paymentId }: ErasePersonalDataMessage, context: CommandContext): Promise<WriteResult> => {
    const { strategy, clock } = dependencies;
    const erase = { type: 'ErasePersonalData', now: clock.now() } as const;
    const result = await strategy.write.execute(orderOf(context, paymentId, erase));
    if (!result.ok) return result;
    for await (const others of othersOf(result.receipt, context, dependencies)) {
      const orders = others.map(({ id }) => {
        const commandId = derivedId(context.commandId, id);
        return orderOf({ ...context, commandId, expectedVersion: null }, id, erase);
      });
      for (const erased of await strategy.write.executeBulk(orders)) {
        if (erased.ok) continue;
        if ('failure' in erased) throw erased.failure;
        return erased;
      }
    }
    return result;
  };
}

/** Payments of the same data subject, deleted ones included, whose personal data is still there; some at a time. */
async function* othersOf(
  { payment, position }: Receipt,
  { organizationId }: CommandContext,
  { strategy }: UseCaseDependencies,
): AsyncGenerator<readonly Payment[]> {
  if (String(payment.subject) === String(payment.id)) return;
  const filter = { ...everyPayment, customer: payment.subject, statuses: paymentStatuses };
  const sort = { by: 'created', descending: false } as const;
  let cursor: string | null = null;
  do {
    const page = await strategy.read.search(
      { type: 'SearchPayments', filter, sort, limit: SLICE, cursor, page: null },
      // Payments that were made a moment before must be among them.
      { organizationId, atLeast: position, timeoutMs: READ_TIMEOUT_MS },
    );
    yield page.payments
      .map((document) => document.payment)
      .filter(({ id, subject, personalErased }) => id !== payment.id && subject === payment.subject && !personalErased);
    cursor = page.next;
  } while (cursor !== null);
}

function derivedId(commandId: CommandId, part: string): CommandId {
  const id = parseCommandId(`${commandId.slice(0, 200)}#${part}`);
  if (id === undefined) throw new Error(`not a command id: ${commandId}#${part}`);
  return id;
}
