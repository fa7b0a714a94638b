// The bodies of commands: the very schemas that the command bus validates by, without what the address says.

import { commandSchemas, importRowSchema } from '@paystrata/application';
import { z } from 'zod';
import { component } from './components.ts';

const addressed = { type: true, paymentId: true } as const;

export const createBody = component('NewPayment', commandSchemas.CreatePayment.omit({ type: true }));
export const updateBody = component('PaymentPatch', commandSchemas.UpdatePayment.omit(addressed));
export const processBody = component('Process', commandSchemas.ProcessPayment.omit(addressed));
export const settleBody = component('Settle', commandSchemas.SettlePayment.omit(addressed));
export const cancelBody = component('Cancel', commandSchemas.CancelPayment.omit(addressed));
export const refundBody = component('NewRefund', commandSchemas.RefundPayment.omit(addressed));
export const eraseBody = component('Erase', commandSchemas.ErasePersonalData.omit(addressed));
export const deleteQuery = commandSchemas.DeletePayment.omit(addressed);

// Checked by the bus, line by line; the document shows what a line may be.
component('BulkRow', importRowSchema, 'One line of the body of an import.');
/** Lines of JSON: checked line by line, so that a bad one refuses only itself. */
export const bulkBody = component(
  'BulkRows',
  z.string({ error: 'must be lines of JSON' }),
  'One `BulkRowInput` a line.',
);
