// Imports rows; one that is malformed or refused takes no other down.

import { setImmediate } from 'node:timers/promises';
import { parseCommandId } from '@paystrata/domain';
import type { CommandContext } from '../../buses/context.ts';
import { paymentIdWithin } from '../../ids/payment-id.ts';
import { parseMessage } from '../../messages/parse-message.ts';
import { InvalidMessage } from '../../ports/failures.ts';
import type { BulkResult, WriteOrder } from '../../ports/write-model.ts';
import { newPaymentOrder } from '../create-payment/handle-create-payment.ts';
import type { UseCaseDependencies } from '../dependencies.ts';
import { importRowSchema, type ImportPaymentsMessage } from './import-payments.ts';

/** Rows in one commit, decided and sealed without a break: 7 ms, 30 ms of the largest; then others have their turn. */
const SLICE = 50;

/** One result a row, in their order. Each row has a command id of its own that follows from the message's. */
export function handleImportPayments(dependencies: UseCaseDependencies) {
  return async (message: ImportPaymentsMessage, context: CommandContext): Promise<readonly BulkResult[]> => {
    const results: BulkResult[] = [];
    for (let from = 0; from < message.rows.length; from += SLICE) {
      if (from > 0) await setImmediate();
      results.push(...(await importSlice(message.rows.slice(from, from + SLICE), from, context, dependencies)));
    }
    return results;
  };
}

/** @param from the place of the first of the rows in the message */
async function importSlice(
  rows: readonly unknown[],
  from: number,
  context: CommandContext,
  dependencies: UseCaseDependencies,
): Promise<readonly BulkResult[]> {
  const orders = rows.map((row, index) => rowOrder(row, from + index, context, dependencies));
  const sound = orders.filter((order): order is WriteOrder => !(order instanceof InvalidMessage));
  const results = (await dependencies.strategy.write.executeBulk(sound)).values();
  return orders.map((order): BulkResult => {
    if (order instanceof InvalidMessage) return { ok: false, failure: order };
    const { value } = results.next();
    if (value === undefined) throw new Error('the write model answered fewer results than orders');
    return value;
  });
}

function rowOrder(
  row: unknown,
  index: number,
  context: CommandContext,
  dependencies: UseCaseDependencies,
): WriteOrder | InvalidMessage {
  const commandId = parseCommandId(`${context.commandId}#${index}`);
  if (commandId === undefined)
    return new InvalidMessage('ImportPayments', [{ path: '', message: 'the command id is too long' }]);
  const newPaymentId = context.newPaymentId && paymentIdWithin(context.newPaymentId, index);
  try {
    const { settled, createdAt, ...fields } = parseMessage(importRowSchema, 'row', row);
    const type = settled ? 'ImportSettledPayment' : 'CreatePayment';
    return newPaymentOrder(
      fields,
      { ...context, commandId, newPaymentId, expectedVersion: null },
      dependencies,
      type,
      createdAt ?? null,
    );
  } catch (error) {
    if (error instanceof InvalidMessage) return error;
    throw error;
  }
}
