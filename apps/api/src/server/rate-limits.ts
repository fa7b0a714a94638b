// So many requests a second a key, and as many failures to show one an address.

import rateLimit from '@fastify/rate-limit';
import type { Config } from '@paystrata/composition';
import type { Api, Request } from '../http/api.ts';
import { HttpProblem } from '../problems/http-problem.ts';

/** Counts a request that showed no valid key. @throws HttpProblem `rate_limited` */
export type CountStranger = (request: Request) => Promise<void>;

/** `burst` requests in the time that they take in the long run: `ratePerSecond` on average. 0: no limit. */
export async function limitRates(app: Api, { limits: { ratePerSecond, burst } }: Config): Promise<CountStranger> {
  if (ratePerSecond === 0) return async () => undefined;
  const timeWindow = Math.max(1, Math.round((burst / ratePerSecond) * 1000));
  const limited = (milliseconds: number) =>
    new HttpProblem('rate_limited', `at most ${burst} requests at once and ${ratePerSecond} a second`, {
      headers: { 'retry-after': String(Math.max(1, Math.ceil(milliseconds / 1000))) },
    });
  await app.register(rateLimit, {
    max: burst,
    timeWindow,
    keyGenerator: ({ principal, ip }: Request) => (principal === null ? `address ${ip}` : `key ${principal.keyId}`),
    allowList: (request: Request) => request.routeOptions.config.isPublic === true,
    enableDraftSpec: true,
    errorResponseBuilder: (_, { ttl }) => limited(ttl),
  });
  const count = app.createRateLimit({ max: burst, timeWindow });
  return async (request) => {
    const limit = await count(request);
    if (!limit.isAllowed && limit.isExceeded) throw limited(limit.ttl);
  };
}
