// Commands on one payment, as requests.

import { randomUUID } from 'node:crypto';
import type { PaymentView } from '@paystrata/application';
import { z } from 'zod';
import type { CommandOptions, PaymentCommandInput } from '../client.ts';
import type { ApiRequest, Connection } from './connection.ts';
import { readBody } from './read-answer.ts';
import { payment } from './wire-schemas.ts';

const DECLINED = 402;
const declinedSchema = z.looseObject({ payment });

/** A decline is an answer too: the payment shows it. */
export async function executeCommand(
  connection: Connection,
  command: PaymentCommandInput,
  { expectedVersion = null, respondAsync = false, onWorkflow }: CommandOptions,
): Promise<PaymentView> {
  const request = requestOf(command);
  const isConditional = request.method !== 'POST';
  const response = await connection.send({
    ...request,
    expects: [DECLINED],
    headers: {
      ...(request.body !== undefined && { 'content-type': 'application/json' }),
      ...(request.method === 'POST' && { 'idempotency-key': randomUUID() }),
      ...(expectedVersion === null ? isConditional && { 'if-match': '*' } : { 'if-match': `"${expectedVersion}"` }),
      ...(respondAsync && { prefer: 'respond-async' }),
    },
  });
  const workflowId = response.headers.get('paystrata-workflow');
  if (workflowId !== null) onWorkflow?.(workflowId);
  if (response.status === DECLINED) return (await readBody(declinedSchema, response)).payment;
  return readBody(payment, response);
}

function requestOf(command: PaymentCommandInput): Pick<ApiRequest, 'method' | 'path' | 'query' | 'body'> {
  if (command.type === 'CreatePayment') {
    const { type: _type, ...fields } = command;
    return { method: 'POST', path: '/v1/payments', body: json(fields) };
  }
  const { type, paymentId, ...fields } = command;
  const path = `/v1/payments/${encodeURIComponent(paymentId)}`;
  const body = json(fields);
  switch (type) {
    case 'UpdatePayment':
      return { method: 'PATCH', path, body };
    case 'DeletePayment':
      return { method: 'DELETE', path, query: [['reason', command.reason ?? null]] };
    case 'ProcessPayment':
      return { method: 'POST', path: `${path}/process`, body };
    case 'RefundPayment':
      return { method: 'POST', path: `${path}/refunds`, body };
    case 'SettlePayment':
      return { method: 'POST', path: `${path}/settle`, body };
    case 'CancelPayment':
      return { method: 'POST', path: `${path}/cancel`, body };
    case 'ErasePersonalData':
      return { method: 'POST', path: `${path}/erase`, body };
  }
}

/** Amounts become JSON integers. */
export function json(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? Number(part) : part));
}
