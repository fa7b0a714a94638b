// A source that is measured, asked no longer while it does not answer, and looked after.

import { PortFailure, type Clock } from '@paystrata/application';
import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  isBrokenCircuitError,
  timeout,
  TimeoutStrategy,
  wrap,
  type IPolicy,
} from 'cockatiel';
import type { AnsweringSource, Ask, QueryKind, SourceAnswers, Sourced, SourceQueries } from '../ports/source.ts';
import type { RoutedContext } from '../routing/routed-context.ts';
import { Gauge } from './gauge.ts';
import { isOutage, messageOf } from './outage.ts';

/** Failures in a row that open the breaker. */
const FAILURES = 3;
/** After so long the check of its health is let through, to see whether it is well again. */
const HALF_OPEN_AFTER_MS = 400;
const CHECK_MS = 1000;
/** While something is wrong. */
const CHECK_AGAIN_MS = 250;
/** Whoever asks for the health of a strategy is answered within a second. */
const CHECK_TIMEOUT_MS = 900;
const NOT_ASKED = 'it was not asked yet';
/** A write may take this much longer than a question. */
const WRITE_FACTOR = 20;

export class WatchedSource {
  readonly source: AnsweringSource<RoutedContext>;
  readonly gauge = new Gauge();
  /** Questions that it answered, and such that it could not tell about. */
  readonly counts = { answered: 0, passedOn: 0 };
  readonly #clock: Clock;
  readonly #breaker;
  readonly #reads: IPolicy;
  readonly #checks: IPolicy;
  readonly #writes: IPolicy;
  #position: number | null = null;
  #problem: string | null = NOT_ASKED;
  #stopping = new AbortController();
  #watching: Promise<void> = Promise.resolve();

  constructor(source: AnsweringSource<RoutedContext>, clock: Clock) {
    this.source = source;
    this.#clock = clock;
    this.#breaker = circuitBreaker(handleWhen(isOutage), {
      halfOpenAfter: HALF_OPEN_AFTER_MS,
      breaker: new ConsecutiveBreaker(FAILURES),
    });
    const within = (milliseconds: number) => timeout(milliseconds, TimeoutStrategy.Aggressive);
    this.#reads = wrap(this.#breaker, within(source.timeoutMs));
    this.#checks = wrap(this.#breaker, within(Math.min(source.timeoutMs, CHECK_TIMEOUT_MS)));
    this.#writes = within(source.timeoutMs * WRITE_FACTOR);
  }

  /** What it is known to hold; it may hold more. */
  get position(): number | null {
    return this.#position;
  }

  /** What is wrong with it; null: it answers. */
  get problem(): string | null {
    return this.#problem;
  }

  /** False until its health was checked for the first time. */
  get wasAsked(): boolean {
    return this.#problem !== NOT_ASKED;
  }

  /** False while nobody but the check of its health asks it. */
  get isAnswering(): boolean {
    return this.#breaker.state === CircuitState.Closed;
  }

  canAnswer(kind: QueryKind): boolean {
    return this.isAnswering && this.source.queries[kind] !== undefined;
  }

  /** @returns null where it cannot tell. @throws PortFailure `STORE_UNAVAILABLE` where it did not answer in time */
  async ask<Kind extends QueryKind>(
    kind: Kind,
    query: SourceQueries[Kind],
    context: RoutedContext,
  ): Promise<Sourced<SourceAnswers[Kind]> | null> {
    const ask: Ask<Kind, RoutedContext> | undefined = this.source.queries[kind];
    if (ask === undefined) return null;
    const found = await this.gauge.measure('read', kind, () => this.#guarded(this.#reads, () => ask(query, context)));
    this.counts[found === null ? 'passedOn' : 'answered'] += 1;
    return found;
  }

  /** Measured, and given up after a while; the breaker is not asked, and does not count it. */
  write<T>(operation: string, call: () => Promise<T>): Promise<T> {
    return this.gauge.measure('write', operation, () => this.#guarded(this.#writes, call));
  }

  /** It was found to hold this. */
  holds(position: number | null): void {
    this.#position = position;
  }

  /** Asks what it holds now, through the breaker. */
  async check(): Promise<number | null> {
    try {
      this.#position = await this.#guarded(this.#checks, () => this.source.held());
      this.#problem = null;
      return this.#position;
    } catch (error) {
      // While the breaker is open, what opened it is still what is wrong.
      if (!isBroken(error) || this.#problem === null) this.#problem = messageOf(error);
      throw error;
    }
  }

  /** @param onChecked told what it held, and what it was known to hold before it was asked */
  watch(onChecked: (held: number | null, before: number | null) => void): void {
    this.#stopping = new AbortController();
    this.#watching = this.#watch(onChecked, this.#stopping.signal);
  }

  async unwatch(): Promise<void> {
    this.#stopping.abort();
    await this.#watching;
  }

  async #watch(onChecked: (held: number | null, before: number | null) => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const before = this.#position;
      await this.check().then(
        (held) => onChecked(held, before),
        // It says so as its problem.
        () => undefined,
      );
      await this.#clock.sleep(this.#problem === null ? CHECK_MS : CHECK_AGAIN_MS, signal).catch(() => undefined);
    }
  }

  async #guarded<T>(policy: IPolicy, call: () => Promise<T>): Promise<T> {
    try {
      return await policy.execute(call);
    } catch (error) {
      if (error instanceof PortFailure) throw error;
      const message = `the source ${this.source.name} does not answer: ${messageOf(error)}`;
      throw new PortFailure('STORE_UNAVAILABLE', message, { cause: error });
    }
  }
}

function isBroken(error: unknown): boolean {
  return error instanceof PortFailure && error.cause instanceof Error && isBrokenCircuitError(error.cause);
}
