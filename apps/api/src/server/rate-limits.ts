// So many requests a second a key, and so many failures to name a key an address.

import rateLimit from '@fastify/rate-limit';
import type { Config } from '@paystrata/composition';
import type { Api, Request } from '../http/api.ts';
import { HttpProblem } from '../problems/http-problem.ts';

/** `burst` requests in the time that they take in the long run: `ratePerSecond` on average. 0: no limit. */
export async function limitRates(app: Api, { limits: { ratePerSecond, burst } }: Config): Promise<void> {
  if (ratePerSecond === 0) return;
  await app.register(rateLimit, {
    max: burst,
    timeWindow: Math.max(1, Math.round((burst / ratePerSecond) * 1000)),
    keyGenerator: (request: Request) => request.principal?.keyId ?? request.ip,
    allowList: (request: Request) => request.routeOptions.config.isPublic === true,
    enableDraftSpec: true,
    errorResponseBuilder: (_, { ttl }) =>
      new HttpProblem('rate_limited', `at most ${burst} requests at once and ${ratePerSecond} a second`, {
        headers: { 'retry-after': String(Math.max(1, Math.ceil(ttl / 1000))) },
      }),
  });
}
