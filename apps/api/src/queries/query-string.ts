// How query strings are read: repeated names become lists, `metadata[key]=value` one map.

import { parse } from 'node:querystring';

const metadataName = /^metadata\[(.{1,200})\]$/s;

/** The names of the query as they are; objects without a prototype, so that no name is special. */
export function parseQueryString(text: string): Record<string, unknown> {
  const query: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const metadata: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(parse(text))) {
    const [, key] = metadataName.exec(name) ?? [];
    if (key === undefined || key === '__proto__') query[name] = value;
    else metadata[key] = value;
  }
  if (Object.keys(metadata).length > 0) query['metadata'] = metadata;
  return query;
}
