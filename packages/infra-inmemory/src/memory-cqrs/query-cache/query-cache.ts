// The cache of answers: two levels, one load a question, and never an answer that is older than the projection's.

import { hash } from 'node:crypto';
import { canonicalJson, type Clock } from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import { LRUCache } from 'lru-cache';
import { bytesOf } from './answer-size.ts';
import type { CachedAnswers, CachedKind } from './cached-answers.ts';
import { noCounts } from './level-counts.ts';
import type { SecondLevel } from './second-level.ts';

export interface QueryCacheOptions {
  readonly clock: Clock;
  /** 0: nothing is kept. */
  readonly ttlSeconds: number;
  readonly entries: number;
  readonly bytes: number;
  readonly second: SecondLevel | null;
}

export interface CachedQuestion<Kind extends CachedKind> {
  readonly kind: Kind;
  readonly organizationId: OrganizationId;
  /** The life of the log, and whatever else the answer depends on beside the organization's events. */
  readonly life: string;
  readonly query: unknown;
  /** The organization's last event that an answer made now would contain. */
  readonly position: () => number;
  readonly answer: () => CachedAnswers[Kind];
}

interface Entry {
  readonly organizationId: OrganizationId;
  readonly position: number;
  readonly answer: CachedAnswers[CachedKind];
}

/**
 * An entry is a hit only while the organization's answers contain nothing newer than it does: a hit is what the
 * projection would answer now. So nobody sees older data than without the cache, whatever position is asked for.
 */
export class QueryCache {
  readonly first = noCounts();
  readonly #options: QueryCacheOptions;
  readonly #entries: LRUCache<string, Entry>;
  readonly #loads = new Map<string, Promise<unknown>>();
  /** Raised when what is under way may not be kept any more. */
  #purges = 0;

  constructor(options: QueryCacheOptions) {
    this.#options = options;
    this.#entries = new LRUCache({
      max: options.entries,
      maxSize: options.bytes,
      sizeCalculation: ({ answer }) => bytesOf(answer),
      ttl: options.ttlSeconds * 1000,
      perf: { now: () => options.clock.now() },
      // Otherwise it keeps what time it is for a millisecond, with a timer.
      ttlResolution: 0,
      dispose: (_, __, reason) => {
        if (reason === 'evict') this.first.evictions += 1;
      },
    });
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Estimated. */
  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  /** The answer as it is now, made once however many ask for it at the same time. */
  answer<Kind extends CachedKind>(question: CachedQuestion<Kind>): Promise<CachedAnswers[Kind]>;
  async answer<Kind extends CachedKind>(question: CachedQuestion<Kind>): Promise<unknown> {
    const { kind, organizationId, life, query } = question;
    if (this.#options.ttlSeconds === 0) return question.answer();
    const key = `${life}:${organizationId}:${kind}:${textOf(query)}`;
    const entry = this.#entries.get(key);
    const position = question.position();
    if (entry?.position === position) {
      this.first.hits += 1;
      return entry.answer;
    }
    if (entry !== undefined) this.first.staleRefusals += 1;
    this.first.misses += 1;
    if (this.#options.second === null) return this.#make(key, question);
    const flight = `${position}:${key}`;
    const underWay = this.#loads.get(flight);
    if (underWay !== undefined) return underWay;
    const load = this.#load(key, question, this.#options.second).finally(() => this.#loads.delete(flight));
    this.#loads.set(flight, load);
    return load;
  }

  /** Forgets the organization's answers at both levels, also those that are being made. */
  purge(organizationId: OrganizationId): void {
    this.#purges += 1;
    for (const [key, entry] of this.#entries.entries()) {
      if (entry.organizationId === organizationId) this.#entries.delete(key);
    }
    this.#loads.clear();
    this.#options.second?.purge(organizationId);
  }

  /** Drops what is too old. */
  trim(): void {
    this.#entries.purgeStale();
  }

  clear(): void {
    this.#purges += 1;
    this.#entries.clear();
    this.#loads.clear();
    this.#options.second?.clear();
  }

  async #load<Kind extends CachedKind>(
    key: string,
    question: CachedQuestion<Kind>,
    second: SecondLevel,
  ): Promise<CachedAnswers[Kind]> {
    const purges = this.#purges;
    const { kind, organizationId, position } = question;
    const found = await second.get({ kind, organizationId, key: placeOf(key) }, position);
    if (found === null || purges !== this.#purges) return this.#make(key, question);
    this.#keep(key, organizationId, position(), found);
    return found;
  }

  /** In one step: the answer contains exactly what the position says. */
  #make<Kind extends CachedKind>(key: string, question: CachedQuestion<Kind>): CachedAnswers[Kind] {
    const { kind, organizationId, query: _, ...made } = question;
    const answer = made.answer();
    const position = made.position();
    this.#keep(key, organizationId, position, answer);
    this.#options.second?.set({ kind, organizationId, key: placeOf(key) }, position, answer);
    return answer;
  }

  #keep(key: string, organizationId: OrganizationId, position: number, answer: CachedAnswers[CachedKind]): void {
    this.#entries.set(key, { organizationId, position, answer });
  }
}

/** One text for one question; the same question with its parts in another order may get another. */
function textOf(query: unknown): string {
  try {
    return JSON.stringify(query);
  } catch {
    // It holds a bigint, which few questions do: they are not worth slowing down the others.
    return canonicalJson(query);
  }
}

/** Where the second level keeps it: says nothing of what was asked, which may be personal. */
function placeOf(key: string): string {
  const asked = key.lastIndexOf(':', key.indexOf('{'));
  return `paystrata:${key.slice(0, asked)}:${hash('sha256', key, 'base64url')}`;
}
