// Values of the domain on one line of text and back: JSON, with large integers marked.

export function encode(value: object): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? { integer: each.toString() } : each));
}

/** The caller knows the shape: it is what `encode` was given in this folder. */
export function decode<T>(text: string): T {
  return JSON.parse(text, (_, each: unknown) => (isInteger(each) ? BigInt(each.integer) : each)) as T;
}

function isInteger(value: unknown): value is { readonly integer: string } {
  return typeof value === 'object' && value !== null && 'integer' in value && typeof value.integer === 'string';
}
