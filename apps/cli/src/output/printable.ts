// Text from payments, made safe to show: nobody's data moves the cursor or colours the terminal.

/** Control characters as visible signs; line breaks too, so that a cell stays one line. */
export function printable(text: string): string {
  return text
    .replace(/[\0-\x1f]/g, (character) => String.fromCharCode(0x2400 + character.charCodeAt(0)))
    .replace(/[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\u2421');
}

/** At most so many characters, ending in an ellipsis where something was cut off. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
