// The cache of answers: an entry is a hit only while nothing that it is about has changed since, as far as is known.

import { canonicalJson, type Clock, type PaymentKey, type RecordedEvent } from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import { LRUCache } from 'lru-cache';
import type { QueryKind, SourceAnswers, Sourced, SourceQueries } from '../ports/source.ts';
import { answerBytes } from './answer-bytes.ts';

/** How long answers of each kind are kept, in seconds; 0: not at all. */
export type CacheTimes = { readonly [Kind in QueryKind]: number };

export interface AnswerCacheOptions {
  readonly clock: Clock;
  readonly ttlSeconds: CacheTimes;
  readonly entries: number;
  /** Estimated. */
  readonly bytes: number;
  /** Told of an entry that an event made old. */
  readonly onInvalidated?: (place: string) => void;
}

export interface CachePlace<Kind extends QueryKind> {
  readonly kind: Kind;
  readonly organizationId: OrganizationId;
  readonly query: SourceQueries[Kind];
}

interface Entry extends Sourced<SourceAnswers[QueryKind]> {
  readonly organizationId: OrganizationId;
  readonly source: string;
}

/** What became of what was asked and kept, by kind of query. */
export interface CacheCounts {
  hits: number;
  misses: number;
}

/** Changes of single payments that are remembered, for answers that are still under way. */
const CHANGES = 10_000;

export class AnswerCache {
  readonly counts: { readonly [Kind in QueryKind]: CacheCounts } = {
    get: { hits: 0, misses: 0 },
    search: { hits: 0, misses: 0 },
    suggestions: { hits: 0, misses: 0 },
    statistics: { hits: 0, misses: 0 },
    analytics: { hits: 0, misses: 0 },
  };
  readonly drops = { invalidated: 0, expired: 0, evicted: 0 };
  readonly #options: AnswerCacheOptions;
  readonly #entries: LRUCache<string, Entry>;
  /** Of answers that any event of the organization makes old: all but single payments. */
  readonly #places = new Map<OrganizationId, Set<string>>();
  readonly #organizations = new Map<OrganizationId, number>();
  readonly #payments = new Map<string, number>();
  /** Changes up to here may be forgotten. */
  #forgotten = 0;
  #seen = 0;

  constructor(options: AnswerCacheOptions) {
    this.#options = options;
    this.#entries = new LRUCache({
      max: options.entries,
      maxSize: options.bytes,
      sizeCalculation: ({ answer }) => answerBytes(answer),
      perf: { now: () => options.clock.now() },
      ttlResolution: 0,
      ttlAutopurge: false,
      // Any time to live makes it look at the age of each entry; every entry has its own.
      ttl: 1000,
      dispose: ({ organizationId }, place, reason) => {
        if (reason === 'evict') this.drops.evicted += 1;
        if (reason === 'expire') this.drops.expired += 1;
        if (reason !== 'set') this.#forget(organizationId, place);
      },
    });
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  placeOf<Kind extends QueryKind>({ kind, organizationId, query }: CachePlace<Kind>): string {
    if (kind === 'get' && 'paymentId' in query) return getPlace({ organizationId, paymentId: query.paymentId });
    return `${kind} ${organizationId} ${canonicalJson(query)}`;
  }

  /** Null: nothing that is young enough and contains the log up to `least`. */
  find<Kind extends QueryKind>(
    at: CachePlace<Kind>,
    least: number,
  ): (Sourced<SourceAnswers[Kind]> & { readonly source: string }) | null;
  find(at: CachePlace<QueryKind>, least: number): Entry | null {
    const { kind, organizationId } = at;
    const entry = this.#options.ttlSeconds[kind] === 0 ? undefined : this.#entries.get(this.placeOf(at));
    const isCurrent = kind === 'get' || (entry?.position ?? 0) >= this.changeOf(organizationId);
    if (entry === undefined || !isCurrent || Math.max(entry.position, this.#seen) < least) {
      this.counts[kind].misses += 1;
      return null;
    }
    this.counts[kind].hits += 1;
    return { ...entry, position: Math.max(entry.position, this.#seen) };
  }

  keep<Kind extends QueryKind>(at: CachePlace<Kind>, sourced: Sourced<SourceAnswers[Kind]>, source: string): void {
    const { kind, organizationId } = at;
    const seconds = this.#options.ttlSeconds[kind];
    const { answer, position } = sourced;
    if (seconds === 0 || position < this.#changedAt(at)) return;
    const place = this.placeOf(at);
    this.#entries.set(place, { answer, position, organizationId, source }, { ttl: seconds * 1000 });
    if (kind === 'get' || !this.#entries.has(place)) return;
    const places = this.#places.get(organizationId) ?? new Set<string>();
    this.#places.set(organizationId, places.add(place));
  }

  /** An event makes old what it is about; one that erases personal data everything of its organization. */
  changed({ organizationId, paymentId, position, type }: RecordedEvent): void {
    const place = getPlace({ organizationId, paymentId });
    if (position > this.changeOf(organizationId)) this.#organizations.set(organizationId, position);
    this.#remember(place, position);
    for (const each of [place, ...(this.#places.get(organizationId) ?? [])]) this.#invalidate(each, position);
    if (type !== 'PersonalDataErased') return;
    this.#forgotten = Math.max(this.#forgotten, position);
    for (const each of [...this.#entries.keys()]) {
      if (each.startsWith(`get ${organizationId} `)) this.#invalidate(each, position);
    }
  }

  /** The last event of the organization that was told; 0: none. */
  changeOf(organizationId: OrganizationId): number {
    return this.#organizations.get(organizationId) ?? 0;
  }

  /** The last event of the payment that is remembered; 0: none. */
  changeOfPayment(key: PaymentKey): number {
    return this.#payments.get(getPlace(key)) ?? 0;
  }

  /** Every event up to here was told. */
  seen(position: number): void {
    this.#seen = Math.max(this.#seen, position);
  }

  /** Drops what is too old. */
  clean(): void {
    this.#entries.purgeStale();
  }

  clear(): void {
    this.#entries.clear();
    this.#places.clear();
  }

  #invalidate(place: string, position: number): void {
    const entry = this.#entries.peek(place);
    if (entry === undefined || entry.position >= position) return;
    this.#entries.delete(place);
    this.drops.invalidated += 1;
    this.#options.onInvalidated?.(place);
  }

  #changedAt(at: CachePlace<QueryKind>): number {
    if (at.kind !== 'get') return this.changeOf(at.organizationId);
    return Math.max(this.#payments.get(this.placeOf(at)) ?? 0, this.#forgotten);
  }

  #remember(place: string, position: number): void {
    const before = this.#payments.get(place) ?? 0;
    this.#payments.delete(place);
    this.#payments.set(place, Math.max(before, position));
    if (this.#payments.size <= CHANGES) return;
    const [oldest] = this.#payments;
    if (oldest === undefined) return;
    this.#payments.delete(oldest[0]);
    this.#forgotten = Math.max(this.#forgotten, oldest[1]);
  }

  #forget(organizationId: OrganizationId, place: string): void {
    const places = this.#places.get(organizationId);
    places?.delete(place);
    if (places?.size === 0) this.#places.delete(organizationId);
  }
}

function getPlace({ organizationId, paymentId }: PaymentKey): string {
  return `get ${organizationId} ${paymentId}`;
}
