// Rows of API keys, idempotency keys and keys of data subjects, whichever database they are in.

import {
  accessScopes,
  PortFailure,
  type AccessScope,
  type ApiKeyRecord,
  type IdempotencyPointer,
  type SubjectKey,
} from '@paystrata/application';
import { parseCommandId, parseOrganizationId, parsePaymentId } from '@paystrata/domain';
import { bytes, integer, integerOrNull, text, type Row } from '../rows.ts';

export function scopesText(scopes: readonly AccessScope[]): string {
  return scopes.join(',');
}

/** @throws PortFailure `STORE_DAMAGED` where the row is none that was written here, as the other functions do. */
export function apiKeyOf(row: Row): ApiKeyRecord {
  const organization = text(row, 'organization');
  const organizationId = organization === '*' ? '*' : parseOrganizationId(organization);
  const id = text(row, 'id');
  if (organizationId === undefined) {
    throw new PortFailure('STORE_DAMAGED', `the API key ${id} belongs to no organization that can be`);
  }
  return {
    id,
    hash: text(row, 'hash'),
    organizationId,
    scopes: text(row, 'scopes').split(',').filter(isScope),
    createdAt: integer(row, 'created_at'),
    revokedAt: integerOrNull(row, 'revoked_at'),
  };
}

export function pointerOf(row: Row): IdempotencyPointer {
  const organizationId = parseOrganizationId(text(row, 'organization'));
  const paymentId = parsePaymentId(text(row, 'payment'));
  const commandId = parseCommandId(text(row, 'command'));
  if (organizationId === undefined || paymentId === undefined || commandId === undefined) {
    throw new PortFailure('STORE_DAMAGED', 'an idempotency key points to a payment or command that cannot be');
  }
  return {
    organizationId,
    route: text(row, 'route'),
    key: text(row, 'key'),
    requestHash: text(row, 'request_hash'),
    paymentId,
    commandId,
    createdAt: integer(row, 'created_at'),
  };
}

export function subjectKeyOf(row: Row): SubjectKey {
  const secret = bytes(row, 'secret');
  if (secret.length === 32) return { id: text(row, 'id'), secret };
  throw new PortFailure('STORE_DAMAGED', 'the keyring holds a key that is not 256 bits long');
}

/** A scope of a newer release is none here: it grants nothing that this release knows. */
function isScope(scope: string): scope is AccessScope {
  return accessScopes.some((known) => known === scope);
}
