// The record as a source of answers: it can answer everything, and is as fresh as the log.

import type { ReadModel } from '@paystrata/application';
import type { AnsweringSource, Sourced } from './ports/source.ts';
import type { HeadHistory } from './routing/head-history.ts';
import type { RoutedContext } from './routing/routed-context.ts';

export interface SqlSourceOptions {
  readonly read: ReadModel;
  readonly head: () => Promise<number>;
  readonly heads: HeadHistory;
}

/** Statements have a shorter time of their own. */
const TIMEOUT_MS = 30_000;

export function createSqlSource({ read, head, heads }: SqlSourceOptions): AnsweringSource<RoutedContext> {
  // What was known of the log before it was asked is in the answer, and so is what was asked for.
  const sourced = async <Answer>({ asked }: RoutedContext, answer: () => Promise<Answer>): Promise<Sourced<Answer>> => {
    const position = Math.max(heads.head, asked.atLeast?.position ?? 0);
    return { answer: await answer(), position };
  };
  return {
    name: 'sql',
    timeoutMs: TIMEOUT_MS,
    queries: {
      get: (query, context) => sourced(context, () => read.get(query, context.asked)),
      search: (query, context) => sourced(context, () => read.search(query, context.asked)),
      suggestions: (query, context) => sourced(context, () => read.suggestions(query, context.asked)),
      statistics: (query, context) => sourced(context, () => read.statistics(query, context.asked)),
      analytics: (query, context) => sourced(context, () => read.analytics(query, context.asked)),
    },
    held: async () => {
      const position = await head();
      heads.note(position);
      return position;
    },
  };
}
