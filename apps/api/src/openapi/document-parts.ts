// Looking into an OpenAPI document, whose types know of three versions at once and of little inside.

/** A part of the document by name; empty where it is not there. */
export function partOf(whole: object, name: string): Readonly<Record<string, object>> {
  const part: unknown = new Map<string, unknown>(Object.entries(whole)).get(name);
  if (typeof part !== 'object' || part === null) return {};
  return Object.fromEntries(Object.entries(part).filter((entry): entry is [string, object] => isObject(entry[1])));
}

/** The same with each part made anew. */
export function mapParts(parts: object, make: (part: object, name: string) => object): Record<string, unknown> {
  const entries: [string, unknown][] = Object.entries(parts);
  return Object.fromEntries(entries.map(([name, part]) => [name, isObject(part) ? make(part, name) : part]));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
