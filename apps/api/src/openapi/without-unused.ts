// The conversion makes a component for input and one for output of each schema: only those that are used stay.

import { partOf } from './document-parts.ts';

/** @param alsoKept components that no schema refers to, only words do. */
export function withoutUnused<Document extends object>(document: Document, alsoKept: readonly string[]): Document {
  const components = partOf(document, 'components');
  const schemas = partOf(components, 'schemas');
  const kept = new Set<string>();
  const waiting = [...alsoKept, ...referencesIn({ ...document, components: undefined })];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (kept.has(name)) continue;
    kept.add(name);
    waiting.push(...referencesIn(schemas[name] ?? {}));
  }
  const used = Object.fromEntries(Object.entries(schemas).filter(([name]) => kept.has(name)));
  return { ...document, components: { ...components, schemas: used } };
}

function referencesIn(part: object): string[] {
  return [...JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name = '']) => name);
}
