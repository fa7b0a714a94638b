// The one place where it is decided what may happen to a payment.

import { later } from '../ids/instant.ts';
import { assertNever } from './assert-never.ts';
import type { PaymentCommand } from './commands.ts';
import { decideCreate, decideImport } from './decide/create.ts';
import { decideCancel, decideDelete, decideErase } from './decide/end.ts';
import { decideGatewayAnswer } from './decide/gateway-answer.ts';
import { decideProcess } from './decide/process.ts';
import { decideRefund } from './decide/refund.ts';
import { decideSettle } from './decide/settle.ts';
import { decideUpdate } from './decide/update.ts';
import { reject, type Decision } from './decision.ts';
import type { Payment, PaymentState } from './state.ts';

/**
 * Pure: the same command upon the same state always gives the same decision. An event's time is the later of the
 * command's and the last event's, so that time never runs backwards within a payment.
 */
export function decide(command: PaymentCommand, state: PaymentState): Decision {
  if (command.type === 'CreatePayment') return decideCreate(command, state);
  if (command.type === 'ImportSettledPayment') return decideImport(command, state);
  if (state === null) return reject('payment_not_found', 'there is no such payment');
  if (state.status === 'deleted' && !allowedOnDeleted.has(command.type)) {
    return reject('payment_deleted', 'the payment is deleted; only its history can be read');
  }
  const now = later(command.now, state.updatedAt);
  return decideExisting(now === command.now ? command : { ...command, now }, state);
}

/** What may still become known, or must be forgotten, of a deleted payment. */
const allowedOnDeleted: ReadonlySet<PaymentCommand['type']> = new Set([
  'RecordGatewayAnswer',
  'SettlePayment',
  'ErasePersonalData',
]);

type LaterCommand = Exclude<PaymentCommand, { type: 'CreatePayment' | 'ImportSettledPayment' }>;

function decideExisting(command: LaterCommand, payment: Payment): Decision {
  switch (command.type) {
    case 'UpdatePayment':
      return decideUpdate(command, payment);
    case 'ProcessPayment':
      return decideProcess(command, payment);
    case 'RecordGatewayAnswer':
      return decideGatewayAnswer(command, payment);
    case 'CancelPayment':
      return decideCancel(command, payment);
    case 'RefundPayment':
      return decideRefund(command, payment);
    case 'SettlePayment':
      return decideSettle(command, payment);
    case 'DeletePayment':
      return decideDelete(command, payment);
    case 'ErasePersonalData':
      return decideErase(command, payment);
    default:
      return assertNever(command);
  }
}
