// One bus for commands and queries: a handler a type, and middleware around them all.

import { PortFailure } from '../ports/failures.ts';
import type { Soon } from '../ports/soon.ts';

export interface Message {
  readonly type: string;
}

export type Handle<Context> = (message: Message, context: Context) => Promise<unknown>;

/**
 * Wraps the handling of every message. It may look at message and context, hand on changed ones, refuse by throwing,
 * and see the result or the error. The middleware registered first is the outermost.
 */
export type Middleware<Context> = (message: Message, context: Context, next: Handle<Context>) => Promise<unknown>;

/** For each type: what callers hand in, what handlers get once it is validated, and what comes back. */
export type MessageMap = Readonly<
  Record<string, { readonly input: Message; readonly message: Message; readonly result: unknown }>
>;

export interface MessageBus<Messages extends MessageMap, Context> {
  /** @throws PortFailure `HANDLER_REGISTERED_TWICE` */
  register<Type extends keyof Messages & string>(
    type: Type,
    handler: (message: Messages[Type]['message'], context: Context) => Soon<Messages[Type]['result']>,
  ): void;
  /** Adds middleware inside of that registered before. */
  use(middleware: Middleware<Context>): void;
  /** @throws PortFailure `UNKNOWN_MESSAGE`, and whatever middleware and handler throw. */
  execute<Type extends keyof Messages & string>(
    message: Messages[Type]['input'] & { readonly type: Type },
    context: Context,
  ): Promise<Messages[Type]['result']>;
}

export function createMessageBus<Messages extends MessageMap, Context>(): MessageBus<Messages, Context> {
  const handlers = new Map<string, (message: Message, context: Context) => Soon<unknown>>();
  const stack: Middleware<Context>[] = [];
  const dispatch: Handle<Context> = async (message, context) => {
    const handler = handlers.get(message.type);
    if (handler === undefined) throw unknownMessage(message, handlers);
    return handler(message, context);
  };
  let entry = dispatch;
  return {
    register(type, handler) {
      if (handlers.has(type)) {
        throw new PortFailure('HANDLER_REGISTERED_TWICE', `${type} has a handler already: a message has exactly one`);
      }
      handlers.set(type, handler);
    },
    use(middleware) {
      stack.push(middleware);
      entry = stack.reduceRight<Handle<Context>>(
        (next, each) => (message, context) => each(message, context, next),
        dispatch,
      );
    },
    execute: (message, context) => entry(message, context),
  };
}

function unknownMessage(message: Message, handlers: ReadonlyMap<string, unknown>): PortFailure {
  const known = [...handlers.keys()].sort().join(', ');
  return new PortFailure('UNKNOWN_MESSAGE', `nothing handles ${String(message.type)}; there is: ${known}`);
}
