// Text from payments, made safe to show: nobody's data moves the cursor or colours the terminal.

/** Control characters as visible signs, line breaks too: a cell stays one line and writes nowhere else. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\u2421';
  });
}

/** At most so many characters, ending in an ellipsis where something was cut off. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
