// Pages that were asked for before, for as long as nothing of their organization has changed.

import type { Clock, SearchPage, SearchPayments } from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';

export interface CachedSearchOptions {
  readonly clock: Clock;
  /** How long a page is kept; 0: not at all. */
  readonly ttlSeconds: number;
}

interface Kept {
  readonly page: SearchPage;
  /** How often the organization had changed when the page was made. */
  readonly change: number;
  readonly until: number;
}

/** Pages in memory at most; the one that was used longest ago goes first. */
const PAGES = 1000;

/** Never answers with a page that is older than the last change of the organization, whatever the time. */
export class CachedSearch {
  readonly #clock: Clock;
  readonly #ttlMs: number;
  readonly #changes = new Map<OrganizationId, number>();
  /** In the order of their last use. */
  readonly #pages = new Map<string, Kept>();
  readonly counts = { hits: 0, misses: 0 };

  constructor({ clock, ttlSeconds }: CachedSearchOptions) {
    this.#clock = clock;
    this.#ttlMs = ttlSeconds * 1000;
  }

  /** Pages of the organization that were made before are of no use any more. */
  changed(organizationId: OrganizationId): void {
    if (this.#ttlMs > 0) this.#changes.set(organizationId, this.#changeOf(organizationId) + 1);
  }

  clear(): void {
    this.#changes.clear();
    this.#pages.clear();
  }

  /** @param make answers the query; what it throws is not kept. */
  search(query: SearchPayments, organizationId: OrganizationId, make: () => SearchPage): SearchPage {
    if (this.#ttlMs === 0) return make();
    const key = `${organizationId}\n${JSON.stringify(query, textOfBigint)}`;
    const kept = this.#pages.get(key);
    this.#pages.delete(key);
    const now = this.#clock.now();
    const isFresh = kept !== undefined && kept.until > now && kept.change === this.#changeOf(organizationId);
    this.counts[isFresh ? 'hits' : 'misses'] += 1;
    const use = isFresh ? kept : this.#made(make(), organizationId, now);
    this.#pages.set(key, use);
    if (this.#pages.size > PAGES) this.#dropOldest();
    return use.page;
  }

  #made(page: SearchPage, organizationId: OrganizationId, now: number): Kept {
    return { page, change: this.#changeOf(organizationId), until: now + this.#ttlMs };
  }

  #changeOf(organizationId: OrganizationId): number {
    return this.#changes.get(organizationId) ?? 0;
  }

  #dropOldest(): void {
    const [oldest] = this.#pages.keys();
    if (oldest !== undefined) this.#pages.delete(oldest);
  }
}

function textOfBigint(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
