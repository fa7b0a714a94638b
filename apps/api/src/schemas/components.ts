// The schemas that the API's document names, so that it says each once.

import { z } from 'zod';

/** The registry that also holds what `meta` says of a schema. */
export const components = z.globalRegistry;

/** Gives a schema its name in the document. */
export function component<Schema extends z.ZodType>(id: string, schema: Schema, description?: string): Schema {
  components.add(schema, { ...components.get(schema), id, ...(description !== undefined && { description }) });
  return schema;
}
