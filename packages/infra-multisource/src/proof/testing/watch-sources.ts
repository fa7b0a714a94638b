// Looks at what the sources hold: never an older state of a payment than before, and in the end what SQL has.

import { acme } from '@paystrata/conformance/random-payments';
import { expect } from 'vitest';
import { waitUntil } from '@paystrata/test-servers';
import type { OpenPlace } from './place.ts';

const everything = { organizationId: acme, from: null, to: null };
const MANY = 1_000_000;

/** Revisions that were seen, by source and payment. */
export class SeenRevisions {
  readonly #seen = new Map<string, number>();
  looks = 0;

  /** A source that does not answer now is passed over. */
  async look({ sources }: OpenPlace): Promise<void> {
    for (const source of sources) {
      const entries = await source.entries(everything, MANY).catch(() => []);
      this.looks += 1;
      for (const { paymentId, revision } of entries) {
        const name = `${source.name}/${paymentId}`;
        const before = this.#seen.get(name) ?? 0;
        if (revision < before) throw new Error(`${name} was at revision ${before} and is at ${revision} now`);
        this.#seen.set(name, revision);
      }
    }
  }
}

/** What a source needed at the most to be equal, in milliseconds, and which one it was. */
export interface CatchUp {
  readonly tookMs: number;
  readonly slowest: string;
}

/** Waits until every source holds the log as it is now. */
export async function caughtUp({ strategy, sources }: OpenPlace): Promise<CatchUp> {
  const begun = performance.now();
  const { events } = await strategy.log.readAll({ direction: 'backward', from: null, limit: 1 });
  const head = events[0]?.position ?? 0;
  let last = { tookMs: 0, slowest: '' };
  await Promise.all(
    sources.map(async (source) => {
      const isThere = async () => ((await source.held()) ?? -1) >= head;
      await waitUntil(`${source.name} to hold ${head}`, isThere, { timeoutMs: 60_000, everyMs: 5 });
      last = { tookMs: performance.now() - begun, slowest: source.name };
    }),
  );
  return last;
}

/** Compares every source with SQL, payment by payment. */
export async function assertEqual({ strategy }: OpenPlace): Promise<void> {
  const { differences } = await strategy.maintenance.run('verify', { kind: 'all' });
  expect(differences).toEqual([]);
}
