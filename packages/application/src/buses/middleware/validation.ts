// Middleware that lets only well-formed messages through, as the schemas make them.

import type { z } from 'zod';
import type { Middleware } from '../message-bus.ts';
import { parseMessage } from '../../messages/parse-message.ts';

/** A message without a schema goes on as it is: the bus will not know it either. @throws InvalidMessage */
export function validation<Context>(
  schemas: Readonly<Record<string, z.ZodType<{ readonly type: string }>>>,
): Middleware<Context> {
  return async (message, context, next) => {
    const schema = Object.hasOwn(schemas, message.type) ? schemas[message.type] : undefined;
    return next(schema === undefined ? message : parseMessage(schema, message.type, message), context);
  };
}
