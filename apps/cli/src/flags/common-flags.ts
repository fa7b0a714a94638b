// Flags and arguments that many commands share.

import {
  parseCurrency,
  parseInstant,
  parseOrganizationId,
  parsePaymentId,
  type Currency,
  type Instant,
  type OrganizationId,
} from '@paystrata/application';
import { Argument, InvalidArgumentError, Option } from '@commander-js/extra-typings';

export const jsonFlag = new Option('--json', 'print JSON for programs');

export const organizationFlag = new Option(
  '--organization <id>',
  'the organization; in process "demo" where it is not given, with an API that of the key',
).argParser(readOrganization);

export const asyncFlag = new Option('--async', 'do not wait for the gateway');

export const confirmFlag = new Option('--confirm', 'yes, do it: it cannot be undone');

export const timezoneFlag = new Option('--timezone <zone>', 'an IANA time zone such as Europe/Paris').default('UTC');

export const intervalFlag = new Option('--interval <interval>', 'the length of a bucket')
  .choices(['hour', 'day', 'week', 'month'] as const)
  .default('day' as const);

export const fromFlag = new Option('--from <time>', 'from then on: an RFC 3339 instant, or a date').argParser(readTime);
export const toFlag = new Option('--to <time>', 'before then').argParser(readTime);
export const cursorFlag = new Option('--cursor <cursor>', 'the page after the one that printed this cursor');

export const limitFlag = new Option('--limit <count>', 'at most so many, 1 to 100').argParser(readCount);

/** The id of a payment. */
export const paymentArgument = new Argument('<payment>', 'the id of a payment').argParser(readPaymentId);

export function readOrganization(text: string): OrganizationId {
  const id = parseOrganizationId(text);
  if (id === undefined) {
    throw new InvalidArgumentError('It is a slug: a-z, 0-9 and hyphens, at most 63, such as leeds-city-council.');
  }
  return id;
}

export function readPaymentId(text: string): string {
  const id = parsePaymentId(text);
  if (id === undefined) throw new InvalidArgumentError('It is a UUID, as `paystrata payments list` shows it.');
  return id;
}

export function readCurrency(text: string): Currency {
  const currency = parseCurrency(text);
  if (currency === undefined) {
    throw new InvalidArgumentError('It is the upper-case ISO 4217 code of a currency in circulation, such as EUR.');
  }
  return currency;
}

export function readInstant(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) {
    throw new InvalidArgumentError('It is an instant such as 2026-01-31T12:00:00Z, or a date.');
  }
  return instant;
}

/** Checked here, so that the message names the flag, and handed on as it was written. */
function readTime(text: string): string {
  readInstant(text);
  return text;
}

/** A whole number from 1. */
export function readCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1.');
  return Number(text);
}

/** Collects `key=value` pairs of a flag that may be repeated. */
export function readPair(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It is written key=value.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

/** Collects the values of a flag that may be repeated, or hold several values separated by commas. */
export function readList(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',').map((value) => value.trim())];
}
