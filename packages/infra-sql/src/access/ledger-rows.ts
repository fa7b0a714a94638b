// Rows of the sandbox's ledger.

import { PortFailure, type SandboxEntry } from '@paystrata/application';
import {
  failureCodes,
  money,
  parseCurrency,
  parseGatewayKey,
  parseOrganizationId,
  type GatewayAnswer,
} from '@paystrata/domain';
import { text, textOrNull, type Row } from '../rows.ts';

export const ledgerColumns = `gateway_key, organization, kind, currency, moved, method, outcome, answered_amount,
  answered_currency, gateway_reference, failure_code, decline_code, retryable`;

/** In the order of the columns. */
export function ledgerValues(entry: SandboxEntry): (string | number | null)[] {
  const { gatewayKey, organizationId, kind, currency, moved, method, answer } = entry;
  return [gatewayKey, organizationId, kind, currency, moved.toString(), method, ...answerColumns(answer)];
}

/** In the order of the table: outcome, amount, currency, reference, failure code, decline code, retryable. */
function answerColumns(answer: GatewayAnswer): (string | number | null)[] {
  switch (answer.outcome) {
    case 'approved': {
      const { amount, gatewayReference } = answer;
      return ['approved', amount.amount.toString(), amount.currency, gatewayReference, null, null, null];
    }
    case 'declined': {
      const { code, declineCode, retryable } = answer.failure;
      return ['declined', null, null, null, code, declineCode, retryable ? 1 : 0];
    }
    case 'not_found':
    case 'unknown':
      return [answer.outcome, null, null, null, null, null, null];
  }
}

/** @throws PortFailure `STORE_DAMAGED` where the row is none that was written here. */
export function entryOf(row: Row): SandboxEntry {
  const key = text(row, 'gateway_key');
  const gatewayKey = known(parseGatewayKey(key), key);
  const kind = text(row, 'kind');
  return {
    gatewayKey,
    organizationId: known(parseOrganizationId(text(row, 'organization')), key),
    kind: kind === 'charge' || kind === 'refund' ? kind : damaged(key),
    currency: known(parseCurrency(text(row, 'currency')), key),
    moved: amountOf(text(row, 'moved'), key),
    method: text(row, 'method'),
    answer: answerOf(row, key),
  };
}

function answerOf(row: Row, key: string): GatewayAnswer {
  const outcome = text(row, 'outcome');
  switch (outcome) {
    case 'approved': {
      const currency = known(parseCurrency(text(row, 'answered_currency')), key);
      const amount = money(amountOf(text(row, 'answered_amount'), key), currency);
      return { outcome, amount, gatewayReference: text(row, 'gateway_reference') };
    }
    case 'declined': {
      const code = known(
        failureCodes.find((each) => each === row['failure_code']),
        key,
      );
      const failure = { code, declineCode: textOrNull(row, 'decline_code'), retryable: row['retryable'] === 1 };
      return { outcome, failure };
    }
    case 'not_found':
    case 'unknown':
      return { outcome };
    default:
      return damaged(key);
  }
}

function amountOf(digits: string, key: string): bigint {
  return known(/^-?\d{1,31}$/.test(digits) ? BigInt(digits) : undefined, key);
}

function known<T>(value: T | undefined, key: string): T {
  return value === undefined ? damaged(key) : value;
}

function damaged(key: string): never {
  throw new PortFailure('STORE_DAMAGED', `the ledger of the sandbox is damaged at the key ${key}`);
}
