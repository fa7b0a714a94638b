// Looks at a JSON text before anything is made of it: how deep it goes, and how many values it has.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** No body of ours comes near: the deepest has five levels, the longest lists and maps some hundred entries. */
const MOST_LEVELS = 16;
const MOST_VALUES = 2000;

/**
 * What is wrong with the shape of the text, in words; null where it may be parsed. Stops at the first excess, and makes
 * nothing: its cost is that of looking at each character once, whatever the text holds. Text that is no JSON passes.
 */
export function excessOf(text: string): string | null {
  let levels = 0;
  let values = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COMMA) values++;
    else if (OPENING.has(code)) levels++;
    else if (CLOSING.has(code)) levels--;
    if (levels > MOST_LEVELS) return `is nested deeper than ${MOST_LEVELS} levels`;
    if (values > MOST_VALUES) return `has more than ${MOST_VALUES} values`;
  }
  return null;
}

/** The place of the quote that ends the string; the end of the text where there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at;
  }
  return text.length;
}
