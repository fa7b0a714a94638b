// The second level of the cache: sealed answers in a store outside of the process.

import type { OrganizationId } from '@paystrata/domain';
import { z } from 'zod';
import { decodeAnswer, encodeAnswer, type CachedAnswers, type CachedKind } from './cached-answers.ts';
import type { GuardedStore } from './guarded-store.ts';
import { noCounts } from './level-counts.ts';
import { OrganizationKeys } from './organization-keys.ts';

/** Raised with any change of the form; entries of another one are no hits. */
const FORMAT = 1;
/** Answers on their way into the store; more are not stored. */
const STORING = 256;

const envelope = z.strictObject({ position: z.int().min(0), kind: z.string(), answer: z.unknown() });

export interface CachePlace {
  readonly kind: CachedKind;
  readonly organizationId: OrganizationId;
  /** Names the question, and the life of the log. */
  readonly key: string;
}

export class SecondLevel {
  readonly counts = noCounts();
  readonly #store: GuardedStore;
  readonly #ttlSeconds: number;
  readonly #keys = new OrganizationKeys();
  #storing = 0;

  constructor(store: GuardedStore, ttlSeconds: number) {
    this.#store = store;
    this.#ttlSeconds = ttlSeconds;
  }

  /** Null where it has no answer that contains the organization's events up to exactly this position. */
  async get<Kind extends CachedKind>(
    place: CachePlace & { readonly kind: Kind },
    position: () => number,
  ): Promise<CachedAnswers[Kind] | null> {
    const text = await this.#store.get(place.key).catch(() => null);
    if (text === null) return this.#missed();
    const entry = this.#open(place, text);
    const answer = entry === null ? null : decodeAnswer(place.kind, entry.answer);
    if (entry === null || answer === null) {
      this.counts.poisoned += 1;
      return this.#missed();
    }
    if (entry.position !== position()) {
      this.counts.staleRefusals += 1;
      return this.#missed();
    }
    this.counts.hits += 1;
    return answer;
  }

  /** Returns at once; an answer that could not be stored is made again. */
  set<Kind extends CachedKind>(place: CachePlace, position: number, answer: CachedAnswers[Kind]): void {
    if (this.#storing >= STORING || !this.#store.answering) return;
    this.#storing += 1;
    const { kind, organizationId, key } = place;
    const text = `{"position":${position},"kind":"${kind}","answer":${encodeAnswer(answer)}}`;
    const sealed = `${FORMAT}.${this.#keys.seal(organizationId, key, text)}`;
    const done = () => {
      this.#storing -= 1;
    };
    this.#store.set(key, sealed, this.#ttlSeconds).then(done, done);
  }

  /** Nothing that was stored of the organization can be read any more. */
  purge(organizationId: OrganizationId): void {
    this.#keys.destroy(organizationId);
  }

  clear(): void {
    this.#keys.clear();
  }

  #missed(): null {
    this.counts.misses += 1;
    return null;
  }

  #open({ kind, organizationId, key }: CachePlace, text: string): z.output<typeof envelope> | null {
    const [format, sealed = ''] = text.split('.', 2);
    if (format !== String(FORMAT)) return null;
    const opened = this.#keys.open(organizationId, key, sealed);
    if (opened === null) return null;
    try {
      const entry = envelope.parse(JSON.parse(opened));
      return entry.kind === kind ? entry : null;
    } catch {
      return null;
    }
  }
}
