// Middleware that asks whether the sender may send this message.

import { PortFailure } from '../../ports/failures.ts';
import type { AccessScope } from '../../ports/access.ts';
import type { Message, Middleware } from '../message-bus.ts';

/** Says why not, or null where it is allowed. */
export type Authorize<Context> = (message: Message, context: Context) => string | null | Promise<string | null>;

/** @throws PortFailure `FORBIDDEN` */
export function authorization<Context>(authorize: Authorize<Context>): Middleware<Context> {
  return async (message, context, next) => {
    const refusal = await authorize(message, context);
    if (refusal !== null) throw new PortFailure('FORBIDDEN', refusal);
    return next(message, context);
  };
}

/** Requires one scope a message type; a type that is not listed is refused. */
export function requireScopes(
  scopes: Readonly<Record<string, AccessScope>>,
): Authorize<{ readonly scopes: readonly AccessScope[] }> {
  return (message, context) => {
    const needed = Object.hasOwn(scopes, message.type) ? scopes[message.type] : undefined;
    if (needed === undefined) return `nobody may send ${message.type}`;
    return context.scopes.includes(needed) ? null : `${message.type} needs the scope "${needed}"`;
  };
}
