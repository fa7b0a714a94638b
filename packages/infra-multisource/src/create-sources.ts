// The sources beside SQL that the options ask for.

import type { Clock, Keyring, Logger } from '@paystrata/application';
import { createFilesSource } from './files/files-source.ts';
import { createMemorySource } from './memory/memory-source.ts';
import type { ParsedOptions } from './options.ts';
import type { PaymentSource } from './ports/source.ts';
import { createRedisSource } from './redis/redis-source.ts';
import { createSearchEngineSource } from './search-engine/search-engine-source.ts';

/** Of a question: a server that stands still has opened its breaker within a second, at twenty questions a second. */
const SEARCH_TIMEOUT_MS = 700;
/** Of a call: batches and comparisons take longer. */
const SEARCH_CALL_MS = 15_000;

interface SourceSurroundings {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether this process answers questions, so that an index in its memory is of use. */
  readonly answers: boolean;
  /** That of the log. */
  readonly keyring: Keyring;
}

/** Nothing is opened before `open`. */
export function createSources(
  { memoryPayments: maxPayments, redisUrl, searchUrl, filesDir, cache }: ParsedOptions,
  { clock, logger, answers, keyring }: SourceSurroundings,
): readonly PaymentSource[] {
  const ttlSeconds = cache.ttlSeconds.get === 0 ? null : cache.ttlSeconds.get;
  return [
    ...(maxPayments === 0 || !answers ? [] : [createMemorySource({ maxPayments, logger })]),
    ...(redisUrl === null ? [] : [createRedisSource({ url: redisUrl, ttlSeconds, logger })]),
    ...(searchUrl === null ? [] : [patientSearchEngine(searchUrl, clock)]),
    ...(filesDir === null ? [] : [createFilesSource({ folder: filesDir, keyring })]),
  ];
}

function patientSearchEngine(url: string, clock: Clock): PaymentSource {
  return { ...createSearchEngineSource({ url, timeoutMs: SEARCH_CALL_MS, clock }), timeoutMs: SEARCH_TIMEOUT_MS };
}
