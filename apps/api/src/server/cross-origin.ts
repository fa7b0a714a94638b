// Pages of other origins: browsers keep them out, unless the configuration names them.

import type { Api } from '../http/api.ts';

const methods = 'GET, POST, PATCH, DELETE';
const requestHeaders = [
  ...['Authorization', 'Content-Type', 'Accept', 'Idempotency-Key', 'If-Match', 'Prefer', 'Last-Event-ID'],
  ...['Paystrata-Organization', 'Paystrata-Position', 'X-Request-Id', 'X-Correlation-Id'],
].join(', ');
const answerHeaders = [
  ...[
    'ETag',
    'Location',
    'Retry-After',
    'Allow',
    'WWW-Authenticate',
    'Preference-Applied',
    'Idempotency-Replayed',
    'X-Request-Id',
  ],
  ...[
    'Paystrata-Position',
    'Paystrata-Source',
    'Paystrata-Workflow',
    'RateLimit-Limit',
    'RateLimit-Remaining',
    'RateLimit-Reset',
  ],
].join(', ');
/** Seconds for which a browser need not ask again. */
const REMEMBERED = 600;

/**
 * Credentials of the browser's own, such as cookies, are never allowed: a page has a key, or it has nothing. Must be called
 * before requests are let in, for a browser asks first and shows no key.
 */
export function allowOrigins(app: Api, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const allowed = new Set(origins);
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('vary', 'Origin');
    const { origin, 'access-control-request-method': asked } = request.headers;
    if (origin === undefined || !allowed.has(origin)) return done();
    void reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': answerHeaders });
    if (request.method !== 'OPTIONS' || asked === undefined) return done();
    void reply
      .code(204)
      .headers({
        'access-control-allow-methods': methods,
        'access-control-allow-headers': requestHeaders,
        'access-control-max-age': REMEMBERED,
      })
      .send();
  });
}
