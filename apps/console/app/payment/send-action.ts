// Sends what was confirmed, upon the version that the person has seen.

import type { Client, Versioned } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import { parseAmount } from '../format/money.ts';
import type { Fields } from './action-fields.ts';
import type { ActionName } from './actions.ts';

/** @throws Problem also for an amount that is none, before anything is sent. */
export async function sendAction(
  client: Client,
  action: ActionName,
  { payment, etag }: Versioned,
  fields: Fields,
  key: string,
): Promise<Versioned> {
  const { id, currency } = payment;
  const reason = fields.reason === '' ? {} : { reason: fields.reason };
  switch (action) {
    case 'process':
      return client.act(id, 'process', { method: fields.method }, etag, key);
    case 'refund':
      return client.act(id, 'refunds', { amount: amountOf(fields.amount, currency), ...reason }, etag, key);
    case 'cancel':
    case 'erase':
      return client.act(id, action, reason, etag, key);
    case 'settle':
      return client.act(id, 'settle', { outcome: fields.outcome, ...reason }, etag, key);
    case 'update':
      return client.update(id, changes(fields, payment), etag);
    case 'delete':
      return (await client.remove(id, fields.reason, etag)) ?? { payment, etag, settled: true };
  }
}

function changes({ newAmount, description }: Fields, payment: Versioned['payment']): object {
  const amount = amountOf(newAmount, payment.currency);
  return {
    ...(amount !== payment.amount && { amount, currency: payment.currency }),
    ...(description !== (payment.description ?? '') && { description: description === '' ? null : description }),
  };
}

function amountOf(text: string, currency: string): number {
  const amount = parseAmount(text, currency);
  if (amount !== null) return amount;
  throw new Problem(422, 'amount_malformed', `"${text}" is no amount of ${currency}: write it as 129.99`, null, null);
}
