// Middleware that lets only well-formed messages through, as the schemas make them.

import type { z } from 'zod';
import type { Message, Middleware } from '../message-bus.ts';
import { parseMessage } from '../../messages/parse-message.ts';

/** A message without a schema goes on as it is: the bus will not know it either. @throws InvalidMessage */
export function validation<Context>(
  schemas: Readonly<Record<string, z.ZodType<{ readonly type: string }>>>,
): Middleware<Context> {
  return (message, context, next) => {
    const schema = Object.hasOwn(schemas, message.type) ? schemas[message.type] : undefined;
    if (schema === undefined) return next(message, context);
    let wellFormed: Message;
    try {
      wellFormed = parseMessage(schema, message.type, message);
    } catch (error) {
      // Whoever stands outside relies on a promise.
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
    return next(wellFormed, context);
  };
}
