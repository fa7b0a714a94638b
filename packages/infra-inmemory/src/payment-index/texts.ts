// What a payment says, as the terms that it is found by and suggested with.

import { foldText, isCounted, MAX_TOKEN_LENGTH, tokenize } from '@paystrata/application';
import type { Payment } from '@paystrata/domain';

/** From so many texts on, hashing beats looking through the list. */
const LONG = 48;

/** Each list without repetitions, in no order. */
export interface PaymentTexts {
  /** What text search finds it by: the same as `paymentTokens`; the words of the description come first. */
  readonly tokens: readonly string[];
  /** Words of the description that are suggested; none of a deleted payment. */
  readonly words: readonly string[];
  /** Name and email address, then the id of the customer. */
  readonly customers: readonly string[];
  /** Name and email address; none of a deleted payment. */
  readonly suggestedCustomers: readonly string[];
}

export function textsOf(payment: Payment): PaymentTexts {
  const { personal, reference, subject, id } = payment;
  const { customer, description, metadata } = personal;
  const tokens = new TextSet();
  if (description !== null) addTokens(description, tokens);
  const words = isCounted(payment) ? tokens.texts.slice() : [];
  if (customer !== null && customer.name !== null) addTokens(customer.name, tokens);
  if (customer !== null && customer.email !== null) addTokens(customer.email, tokens);
  if (reference !== null) addTokens(reference, tokens);
  for (const key in metadata) addTokens(metadata[key] ?? '', tokens);
  const customers = new TextSet();
  if (customer !== null && customer.name !== null) customers.add(customer.name);
  if (customer !== null && customer.email !== null) customers.add(customer.email);
  const suggestedCustomers = isCounted(payment) ? customers.texts.slice() : [];
  if (String(subject) !== String(id)) customers.add(subject);
  return { tokens: tokens.texts, words, customers: customers.texts, suggestedCustomers };
}

/** Texts, each once: a list to look through, and a set as well once that is too long to be looked through. */
export class TextSet {
  readonly texts: string[] = [];
  #set: Set<string> | null = null;

  add(text: string): void {
    if (this.#set === null ? this.texts.includes(text) : this.#set.has(text)) return;
    this.texts.push(text);
    if (this.#set !== null) this.#set.add(text);
    else if (this.texts.length === LONG) this.#set = new Set(this.texts);
  }
}

/** Adds the words of a text: the same as `tokenize`, with a short way for ASCII. */
export function addTokens(text: string, tokens: TextSet): void {
  if (!isAscii(text)) {
    for (const token of tokenize(text)) tokens.add(token);
    return;
  }
  const lower = text.toLowerCase();
  let start = -1;
  for (let at = 0; at <= lower.length; at += 1) {
    const code = at < lower.length ? lower.charCodeAt(at) : 0;
    const inWord = (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
    if (inWord && start < 0) start = at;
    else if (!inWord && start >= 0) {
      tokens.add(lower.slice(start, Math.min(at, start + MAX_TOKEN_LENGTH)));
      start = -1;
    }
  }
}

/** As `foldText`, with a short way for ASCII. */
export function fold(text: string): string {
  return isAscii(text) ? text.toLowerCase() : foldText(text);
}

/** What was added and what was taken away between two lists without repetitions. */
export function differences(
  before: readonly string[],
  after: readonly string[],
): { readonly gone: readonly string[]; readonly come: readonly string[] } {
  if (before.length === 0 || after.length === 0) return { gone: before, come: after };
  const [old, now] = before.length + after.length > LONG ? [new Set(before), new Set(after)] : [null, null];
  return {
    gone: before.filter((text) => !(now === null ? after.includes(text) : now.has(text))),
    come: after.filter((text) => !(old === null ? before.includes(text) : old.has(text))),
  };
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false;
  return true;
}
