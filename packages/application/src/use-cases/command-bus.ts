// The command bus with every use case on it.

import type { z } from 'zod';
import type { CommandContext } from '../buses/context.ts';
import { createMessageBus, type MessageBus, type Middleware } from '../buses/message-bus.ts';
import { validation } from '../buses/middleware/validation.ts';
import type { AccessScope } from '../ports/access.ts';
import type { BulkResult, WriteResult } from '../ports/write-model.ts';
import { cancelPaymentSchema } from './cancel-payment/cancel-payment.ts';
import { handleCancelPayment } from './cancel-payment/handle-cancel-payment.ts';
import { createPaymentSchema } from './create-payment/create-payment.ts';
import { handleCreatePayment } from './create-payment/handle-create-payment.ts';
import { deletePaymentSchema } from './delete-payment/delete-payment.ts';
import { handleDeletePayment } from './delete-payment/handle-delete-payment.ts';
import type { UseCaseDependencies } from './dependencies.ts';
import { erasePersonalDataSchema } from './erase-personal-data/erase-personal-data.ts';
import { handleErasePersonalData } from './erase-personal-data/handle-erase-personal-data.ts';
import { handleImportPayments } from './import-payments/handle-import-payments.ts';
import { importPaymentsSchema } from './import-payments/import-payments.ts';
import { handleProcessPayment } from './process-payment/handle-process-payment.ts';
import { processPaymentSchema } from './process-payment/process-payment.ts';
import { handleRefundPayment } from './refund-payment/handle-refund-payment.ts';
import { refundPaymentSchema } from './refund-payment/refund-payment.ts';
import { handleSettlePayment } from './settle-payment/handle-settle-payment.ts';
import { settlePaymentSchema } from './settle-payment/settle-payment.ts';
import { handleUpdatePayment } from './update-payment/handle-update-payment.ts';
import { updatePaymentSchema } from './update-payment/update-payment.ts';

/** What each command looks like; the API's documentation is made from these. */
export const commandSchemas = {
  CreatePayment: createPaymentSchema,
  ImportPayments: importPaymentsSchema,
  UpdatePayment: updatePaymentSchema,
  ProcessPayment: processPaymentSchema,
  SettlePayment: settlePaymentSchema,
  CancelPayment: cancelPaymentSchema,
  RefundPayment: refundPaymentSchema,
  DeletePayment: deletePaymentSchema,
  ErasePersonalData: erasePersonalDataSchema,
} as const;

type CommandSchemas = typeof commandSchemas;
export type CommandType = keyof CommandSchemas;

/** Input, message and result of each command. */
export type CommandMap = {
  readonly [Type in CommandType]: {
    readonly input: z.input<CommandSchemas[Type]>;
    readonly message: z.output<CommandSchemas[Type]>;
    readonly result: Type extends 'ImportPayments' ? readonly BulkResult[] : WriteResult;
  };
};

/** The scope that each command needs, where scopes are asked for. */
export const commandScopes: Readonly<Record<CommandType, AccessScope>> = Object.freeze({
  CreatePayment: 'write',
  ImportPayments: 'write',
  UpdatePayment: 'write',
  ProcessPayment: 'write',
  SettlePayment: 'admin',
  CancelPayment: 'write',
  RefundPayment: 'refund',
  DeletePayment: 'write',
  ErasePersonalData: 'admin',
});

export type CommandBus = MessageBus<CommandMap, CommandContext>;

/** All use cases, with the given middleware around them and validation innermost. */
export function createCommandBus(
  dependencies: UseCaseDependencies,
  middleware: readonly Middleware<CommandContext>[] = [],
): CommandBus {
  const bus: CommandBus = createMessageBus<CommandMap, CommandContext>();
  for (const each of middleware) bus.use(each);
  bus.use(validation(commandSchemas));
  bus.register('CreatePayment', handleCreatePayment(dependencies));
  bus.register('ImportPayments', handleImportPayments(dependencies));
  bus.register('UpdatePayment', handleUpdatePayment(dependencies));
  bus.register('ProcessPayment', handleProcessPayment(dependencies));
  bus.register('SettlePayment', handleSettlePayment(dependencies));
  bus.register('CancelPayment', handleCancelPayment(dependencies));
  bus.register('RefundPayment', handleRefundPayment(dependencies));
  bus.register('DeletePayment', handleDeletePayment(dependencies));
  bus.register('ErasePersonalData', handleErasePersonalData(dependencies));
  return bus;
}
