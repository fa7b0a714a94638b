// Middleware that watches: logging, metrics and tracing. None of them sees the fields of a message.

import type { Logger } from '../../ports/logger.ts';
import { PortFailure } from '../../ports/failures.ts';
import type { Message, Middleware } from '../message-bus.ts';

/** One message that was handled. `outcome` is `ok`, a rejection's code, a failure's code, or `error` for a bug. */
export interface Sample {
  readonly type: string;
  readonly outcome: string;
  readonly milliseconds: number;
}

/** Tells of every message once it is handled. */
export function metrics<Context>(record: (sample: Sample) => void): Middleware<Context> {
  return async (message, context, next) => {
    const begun = performance.now();
    let outcome = 'error';
    try {
      const result = await next(message, context);
      outcome = outcomeOfResult(result);
      return result;
    } catch (error) {
      outcome = outcomeOfError(error);
      throw error;
    } finally {
      record({ type: message.type, outcome, milliseconds: performance.now() - begun });
    }
  };
}

/** Logs type, outcome, duration and the ids of the connection; never the message, which may hold personal data. */
export function logging<Context extends { readonly correlationId: string; readonly organizationId: string }>(
  logger: Logger,
): Middleware<Context> {
  return (message, context, next) => {
    const { correlationId, organizationId } = context;
    const log = metrics<Context>(({ type, outcome, milliseconds }) => {
      const fields = {
        type,
        outcome,
        milliseconds: Math.round(milliseconds * 1000) / 1000,
        correlationId,
        organizationId,
      };
      if (outcome === 'error') logger.error(fields, 'a message met a bug');
      else logger.debug(fields, 'a message was handled');
    });
    return log(message, context, next);
  };
}

/** Runs the work in a span of a tracer; OpenTelemetry's `startActiveSpan` fits with a few lines. */
export type Trace<Context> = (message: Message, context: Context, work: () => Promise<unknown>) => Promise<unknown>;

export function tracing<Context>(trace: Trace<Context>): Middleware<Context> {
  return (message, context, next) => trace(message, context, () => next(message, context));
}

function outcomeOfResult(result: unknown): string {
  if (typeof result !== 'object' || result === null || !('ok' in result) || result.ok !== false) return 'ok';
  const { rejection } = result as { readonly rejection?: { readonly code: string } };
  return rejection?.code ?? 'refused';
}

function outcomeOfError(error: unknown): string {
  return error instanceof PortFailure ? error.code : 'error';
}
