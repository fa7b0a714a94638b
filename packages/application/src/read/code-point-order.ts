// The one alphabetical order of the project: by code point, as UTF-8 bytes sort, whatever the locale.

/**
 * Compares by Unicode code point. JavaScript's `<` compares UTF-16 units, which puts emoji before some letters;
 * databases with a binary collation do not.
 */
export function compareCodePoints(a: string, b: string): -1 | 0 | 1 {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const x = a.charCodeAt(index);
    const y = b.charCodeAt(index);
    if (x !== y) return rank(x) < rank(y) ? -1 : 1;
  }
  if (a.length === b.length) return 0;
  return a.length < b.length ? -1 : 1;
}

/** Moves the units of surrogate pairs behind all others. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
