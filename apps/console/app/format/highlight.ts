// Which parts of a text a search found: the same words as the API's own, the last one as a prefix.

import { textQueryOf, tokenize } from '@paystrata/application/text-tokens';

export interface Part {
  readonly text: string;
  readonly found: boolean;
}

const wordsAndGaps = /\p{Script=Han}|[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+/gu;

export function highlight(text: string, search: string): readonly Part[] {
  const query = textQueryOf(search);
  if (query === null) return [{ text, found: false }];
  return (text.match(wordsAndGaps) ?? []).map((part) => {
    const [word] = tokenize(part);
    return { text: part, found: word !== undefined && (query.words.includes(word) || word.startsWith(query.prefix)) };
  });
}
