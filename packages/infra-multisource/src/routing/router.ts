// Chooses who answers a question: the least loaded healthy source that can, at this freshness; else the next one.

import { PortFailure } from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import { isOutage } from '../guard/outage.ts';
import type { WatchedSource } from '../guard/watched-source.ts';
import type { QueryKind, SourceAnswers, Sourced, SourceQueries } from '../ports/source.ts';
import type { RoutedContext } from './routed-context.ts';

/** A source beside the record, as the router sees it. */
export interface RoutedSource {
  readonly watched: WatchedSource;
  readonly covers: (organizationId: OrganizationId) => boolean;
}

export interface Question<Kind extends QueryKind> {
  readonly kind: Kind;
  readonly query: SourceQueries[Kind];
  readonly context: RoutedContext;
  /** The answer must contain the log up to here. */
  readonly least: number;
}

export interface RoutedAnswer<Kind extends QueryKind> extends Sourced<SourceAnswers[Kind]> {
  readonly source: string;
  /** Sources that could not tell. */
  readonly without: readonly string[];
}

export class Router {
  readonly #record: WatchedSource;
  readonly #beside: readonly RoutedSource[];
  /** Answers that another source gave because the one before failed, or could not tell. */
  readonly counts = { failedOver: 0, passedOn: 0 };

  constructor(record: WatchedSource, beside: readonly RoutedSource[]) {
    this.#record = record;
    this.#beside = beside;
  }

  /** @throws what a source refuses; PortFailure `STORE_UNAVAILABLE` where nobody answers who is fresh enough */
  async answer<Kind extends QueryKind>(question: Question<Kind>): Promise<RoutedAnswer<Kind>> {
    const { kind, query, context, least } = question;
    let failure: Error | null = null;
    const without: string[] = [];
    for (const watched of this.#candidates(question)) {
      try {
        const found = await watched.ask(kind, query, context);
        if (found !== null && (found.position >= least || watched === this.#record)) {
          return { ...found, source: watched.source.name, without };
        }
        without.push(watched.source.name);
        this.counts.passedOn += 1;
      } catch (error) {
        if (!isOutage(error)) throw error;
        failure = error instanceof Error ? error : new Error(String(error));
        this.counts.failedOver += 1;
      }
    }
    throw failure ?? this.#nobody(least);
  }

  /** Those that are fresh enough as far as is known, least loaded first. */
  #candidates({ kind, context: { organizationId }, least }: Question<QueryKind>): readonly WatchedSource[] {
    const beside = this.#beside
      .filter(({ watched, covers }) => watched.canAnswer(kind) && covers(organizationId))
      .map(({ watched }) => watched)
      .filter(({ position }) => position !== null && position >= least);
    const able = this.#record.canAnswer(kind) ? [...beside, this.#record] : beside;
    return able
      .map((watched) => ({ watched, load: watched.gauge.load(kind) }))
      .sort((a, b) => a.load - b.load)
      .map(({ watched }) => watched);
  }

  #nobody(least: number): PortFailure {
    const message = `${this.#record.problem ?? 'SQL does not answer'}; no other source has the log up to position ${least}`;
    return new PortFailure('STORE_UNAVAILABLE', message);
  }
}
