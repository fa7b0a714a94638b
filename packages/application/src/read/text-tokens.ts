// The one rule of text search: how texts become tokens. Stores and engines keep these tokens and analyze nothing.

import type { Payment } from '@paystrata/domain';
import { compareCodePoints } from './code-point-order.ts';

/** Changes with the rule: whoever stores tokens stores it with them, and makes them anew when it differs. */
export const TOKENIZER_VERSION = 1;

/** Longer words are cut to so many code points, in texts and in queries alike. */
export const MAX_TOKEN_LENGTH = 64;

/** Marks that modify a letter of another kind; vowel signs and voicing marks, which are letters, stay. */
const diacritics = /[[[\p{M}&&\p{Script=Inherited}][\p{M}&&\p{Script=Hebrew}]]--[\u3099\u309A]]/gv;
/** An ideograph is a word by itself; other letters and digits make words together. */
const words = /\p{Script=Han}|[[\p{L}\p{M}\p{N}]--\p{Script=Han}]+/gv;
/** Letters that no decomposition takes apart. */
const specialLetters = /[ßẞıøłđðþæœħŧŋĸς]/gu;
const spelledOut: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', ẞ: 'ss', ı: 'i', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ħ: 'h', ŧ: 't' },
  ...{ ŋ: 'n', ĸ: 'k', ς: 'σ' },
};

/** Folds case, width and diacritics away, the same in every locale: `Ångström` and `ANGSTROM` become one. */
export function foldText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKD')
    .replace(diacritics, '')
    .toLowerCase()
    .replace(specialLetters, (letter) => spelledOut[letter] ?? letter);
}

/**
 * The words of a text, folded, in its order and with repetitions. A word is a run of letters and digits: `2006-00001`
 * has two, `ada@example.org` has three. Takes time in proportion to the text.
 */
export function tokenize(text: string): readonly string[] {
  return (foldText(text).match(words) ?? []).map(cut);
}

/** What text search finds a payment by: each word once, in the order of code points. */
export function paymentTokens(payment: Payment): readonly string[] {
  const { description, customer, metadata } = payment.personal;
  return tokensOf([
    description,
    customer?.name ?? null,
    customer?.email ?? null,
    payment.reference,
    ...Object.values(metadata),
  ]);
}

/** The words of several texts, each once, in the order of code points. */
export function tokensOf(texts: Iterable<string | null>): readonly string[] {
  const tokens = new Set<string>();
  for (const text of texts) {
    if (text === null) continue;
    for (const token of tokenize(text)) tokens.add(token);
  }
  return [...tokens].sort(compareCodePoints);
}

/** What a text must have to match: all the words, and one that begins with the prefix. */
export interface TextQuery {
  readonly words: readonly string[];
  readonly prefix: string;
}

/** @returns what to look for; null where the text has no word in it: then nothing matches. */
export function textQueryOf(text: string): TextQuery | null {
  const tokens = tokenize(text);
  const prefix = tokens.at(-1);
  return prefix === undefined ? null : { words: [...new Set(tokens.slice(0, -1))], prefix };
}

/** Whether the tokens have every word, and one with the prefix. */
export function matchesTokens(query: TextQuery | null, tokens: readonly string[]): boolean {
  if (query === null) return false;
  const { words: wanted, prefix } = query;
  return wanted.every((word) => tokens.includes(word)) && tokens.some((token) => token.startsWith(prefix));
}

function cut(word: string): string {
  return word.length <= MAX_TOKEN_LENGTH ? word : [...word].slice(0, MAX_TOKEN_LENGTH).join('');
}
