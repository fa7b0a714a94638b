// What crosses Temporal is JSON, which has no bigint: values are written in a form of their own, and read back exactly.

/** A value as it is sent: every bigint is `{ $bigint: '…' }`. Keys that begin with `$` get another `$` in front. */
export type Wire<T> = T extends bigint
  ? { readonly $bigint: string }
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer Element)[]
      ? readonly Wire<Element>[]
      : T extends object
        ? { readonly [Key in keyof T]: Wire<T[Key]> }
        : never;

/** Exact for JSON values and bigints; what is undefined is left out, as JSON does. */
export function toWire<T>(value: T): Wire<T> {
  return write(value) as Wire<T>;
}

/** What `toWire` was given. */
export function fromWire<T>(wire: Wire<T>): T {
  return read(wire) as T;
}

function write(value: unknown): unknown {
  if (typeof value === 'bigint') return { $bigint: value.toString() };
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(write);
  return renamed(value, (key) => (key.startsWith('$') ? `$${key}` : key), write);
}

function read(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(read);
  if ('$bigint' in value && typeof value.$bigint === 'string') return BigInt(value.$bigint);
  return renamed(value, (key) => (key.startsWith('$$') ? key.slice(1) : key), read);
}

function renamed(value: object, rename: (key: string) => string, convert: (part: unknown) => unknown): object {
  const parts = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(parts.map(([key, part]) => [rename(key), convert(part)]));
}
