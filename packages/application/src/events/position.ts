// The position token: what a writer got, and what a reader hands in to see at least that.

import { parseOrganizationId, parsePaymentId, type OrganizationId, type PaymentId } from '@paystrata/domain';

/** Where a commit stands. Clients treat its text as opaque. */
export interface Position {
  /** Names one life of the log; another one after a memory store restarted or a log was restored. */
  readonly epoch: string;
  readonly organizationId: OrganizationId;
  readonly paymentId: PaymentId;
  readonly version: number;
  /** The place in the order of commits; null where that order is only known once projected (Temporal). */
  readonly position: number | null;
}

/** Writes the token, without spaces and safe in a header. */
export function formatPosition(position: Position): string {
  const { epoch, organizationId, paymentId, version } = position;
  const parts = [1, epoch, organizationId, paymentId, version, position.position ?? ''];
  return Buffer.from(parts.join('/')).toString('base64url');
}

/** @returns the position, or undefined where the text is not a token of ours. */
export function parsePosition(token: string): Position | undefined {
  if (!/^[A-Za-z0-9_-]{1,512}$/.test(token)) return undefined;
  const parts = Buffer.from(token, 'base64url').toString('utf8').split('/');
  const [format, epoch = '', organization = '', payment = '', version = '', place = ''] = parts;
  const organizationId = parseOrganizationId(organization);
  const paymentId = parsePaymentId(payment);
  if (parts.length !== 6 || format !== '1' || !/^[\w.-]{1,64}$/.test(epoch)) return undefined;
  if (organizationId === undefined || paymentId === undefined) return undefined;
  if (!isCount(version) || (place !== '' && !isCount(place))) return undefined;
  return { epoch, organizationId, paymentId, version: Number(version), position: place === '' ? null : Number(place) };
}

function isCount(text: string): boolean {
  return /^(0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text));
}
