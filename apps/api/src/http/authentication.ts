// Lets a request in by its API key. Deny by default: a route is public only where it says so.

import { verifyApiKey } from '@paystrata/application';
import { HttpProblem } from '../problems/http-problem.ts';
import type { RateLimits } from '../server/rate-limits.ts';
import type { Api, ApiParts, Request } from './api.ts';
import { namedOrganization, principalOf, requireScope } from './principal.ts';

/**
 * Guards every route of the instance, those of plugins too.
 *
 * @param isPage addresses of pages that plugins bring and that are public.
 * @param countStranger called with each request that shows no valid key.
 */
export function guardRoutes(
  app: Api,
  { composition }: Pick<ApiParts, 'composition'>,
  isPage: (url: string) => boolean,
  countStranger: RateLimits['countStranger'],
): void {
  app.decorateRequest('principal', null);
  app.addHook('onRoute', (route) => {
    const { url, method, config } = route;
    if (config === undefined && isPage(url)) {
      route.config = { isPublic: true };
      return;
    }
    if ((config?.scope === undefined) === (config?.isPublic === undefined)) {
      throw new Error(`route ${String(method)} ${url} must have a scope or be public`);
    }
  });
  app.addHook('onRequest', async (request) => {
    const { scope } = request.routeOptions.config;
    if (request.is404 || scope === undefined) return;
    const key = bearerOf(request);
    const record = typeof key === 'string' ? await verifyApiKey(composition.apiKeys, key) : null;
    if (record === null) {
      await countStranger(request);
      throw key instanceof HttpProblem ? key : unauthorized('the API key is not valid');
    }
    const principal = principalOf(record);
    request.principal = principal;
    requireScope(principal, scope);
    // Malformed is malformed, also where a route has no use for it.
    namedOrganization(request);
  });
}

/** RFC 6750, section 2.1; the scheme in any case. */
function bearerOf({ headers: { authorization } }: Request): string | HttpProblem {
  if (authorization === undefined) return unauthorized('there is no API key');
  const [, key] = /^bearer +(\S{1,200})$/i.exec(authorization.slice(0, 300)) ?? [];
  return key ?? unauthorized('the header Authorization must be `Bearer KEY`');
}

function unauthorized(detail: string): HttpProblem {
  const headers = { 'www-authenticate': 'Bearer realm="paystrata"' };
  return new HttpProblem('unauthorized', detail, { headers, param: 'Authorization' });
}
