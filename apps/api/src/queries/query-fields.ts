// Making the parameters of URLs of the fields of queries.

import { z } from 'zod';

/** A list in a URL: the name repeated, or the values joined by commas. */
export function many<Items extends z.ZodType>(items: Items) {
  return z.preprocess(
    (value) => (Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : value),
    items,
  );
}

/** JSON in a URL. */
export function json<Value extends z.ZodType>(value: Value) {
  return z.preprocess((text, context): unknown => {
    try {
      return typeof text === 'string' ? JSON.parse(text) : text;
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON' });
      return z.NEVER;
    }
  }, value);
}
