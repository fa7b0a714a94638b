// Middleware that ties what is sent from within a handler to the message that is being handled.

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Middleware } from '../message-bus.ts';

/** The ids that logs, traces and further messages share. */
export interface Correlation {
  readonly correlationId: string;
  readonly causationId: string | null;
}

interface Correlated extends Correlation {
  readonly commandId: string;
}

const current = new AsyncLocalStorage<Correlation>();

/** The correlation of the message in hand; undefined outside of any. The causation is the message itself. */
export function currentCorrelation(): Correlation | undefined {
  return current.getStore();
}

/** A command sent while another is handled gets its correlation, and that one as its cause, unless it brings its own. */
export function correlation<Context extends Correlated>(): Middleware<Context> {
  return (message, context, next) => {
    const outer = current.getStore();
    const tied = outer === undefined || context.causationId !== null ? context : { ...context, ...outer };
    return current.run({ correlationId: tied.correlationId, causationId: tied.commandId }, () => next(message, tied));
  };
}
