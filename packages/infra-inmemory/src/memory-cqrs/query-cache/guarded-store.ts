// A cache store that is asked no longer while it does not answer, and that nobody waits for.

import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleAll, timeout, TimeoutStrategy, wrap } from 'cockatiel';
import type { CacheStore } from './cache-store.ts';

/** An answer that takes longer is worth nothing: making it anew is faster. */
const TIMEOUT_MS = 100;
const FAILURES = 3;
/** After so long one call is let through, to see whether it is well again. */
const HALF_OPEN_AFTER_MS = 500;

export interface GuardedStore extends CacheStore {
  /** False while the breaker is open. */
  readonly answering: boolean;
  /** Calls that failed, were too late or were not made because of an open breaker. */
  readonly failures: number;
}

/** Fails within a tenth of a second, at once while the breaker is open. */
export function guardStore(store: CacheStore): GuardedStore {
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: HALF_OPEN_AFTER_MS,
    breaker: new ConsecutiveBreaker(FAILURES),
  });
  const policy = wrap(breaker, timeout(TIMEOUT_MS, TimeoutStrategy.Aggressive));
  let failures = 0;
  const guarded = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await policy.execute(call);
    } catch (error) {
      failures += 1;
      throw error;
    }
  };
  return {
    name: store.name,
    start: () => store.start(),
    stop: () => store.stop(),
    get: (key) => guarded(() => store.get(key)),
    set: (key, value, ttlSeconds) => guarded(() => store.set(key, value, ttlSeconds)),
    get answering() {
      return breaker.state === CircuitState.Closed;
    },
    get failures() {
      return failures;
    },
  };
}
