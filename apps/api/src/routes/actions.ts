// What can be done to a payment besides changing it: process, settle, cancel, refund, erase.

import type { Api, ApiParts } from '../http/api.ts';
import { cancelBody, eraseBody, processBody, refundBody, settleBody } from '../schemas/command-bodies.ts';
import { actionRoute } from './action-route.ts';

export function actionRoutes(app: Api, parts: ApiParts): void {
  actionRoute(app, parts, {
    path: 'process',
    type: 'ProcessPayment',
    operationId: 'processPayment',
    summary: 'Charge the payment',
    description: '200 completed; 402 declined, with the payment; 202 the outcome is not known yet: still processing.',
    body: processBody,
    command: (body, paymentId) => ({ ...body, type: 'ProcessPayment', paymentId }),
    done: 200,
    codes: ['payment_declined', 'amount_mismatch', 'currency_mismatch', 'attempts_exhausted'],
  });
  actionRoute(app, parts, {
    path: 'refunds',
    type: 'RefundPayment',
    operationId: 'refundPayment',
    summary: 'Refund a part or all of what was captured',
    description: 'Without an amount: all that remains. 201 refunded; 402 declined; 202 the outcome is not known yet.',
    body: refundBody.prefault({}),
    command: (body, paymentId) => ({ ...body, type: 'RefundPayment', paymentId }),
    done: 201,
    codes: [
      ...(['refund_declined', 'refund_exceeds_captured', 'nothing_to_refund'] as const),
      ...(['amount_not_positive', 'currency_mismatch', 'field_too_long'] as const),
    ],
  });
  actionRoute(app, parts, {
    path: 'cancel',
    type: 'CancelPayment',
    operationId: 'cancelPayment',
    summary: 'Cancel a payment that moved no money',
    body: cancelBody.prefault({}),
    command: (body, paymentId) => ({ ...body, type: 'CancelPayment', paymentId }),
    done: 200,
    codes: ['field_too_long'],
  });
  actionRoute(app, parts, {
    path: 'settle',
    type: 'SettlePayment',
    operationId: 'settlePayment',
    summary: 'Decide what became of what is parked for review',
    body: settleBody,
    command: (body, paymentId) => ({ ...body, type: 'SettlePayment', paymentId }),
    done: 200,
    codes: ['nothing_to_settle', 'settlement_ambiguous', 'settlement_impossible', 'field_too_long'],
  });
  actionRoute(app, parts, {
    path: 'erase',
    type: 'ErasePersonalData',
    operationId: 'erasePersonalData',
    summary: 'Erase the personal data of the data subject, for ever',
    description: 'Also of every other payment of the same customer in the organization.',
    body: eraseBody.prefault({}),
    command: (_, paymentId) => ({ type: 'ErasePersonalData', paymentId }),
    done: 200,
    codes: [],
  });
}
