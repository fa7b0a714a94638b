// Logs and measures every request: by its route, never by its address, which may hold personal data.

import type { Api, ApiParts } from '../http/api.ts';
import { correlationIdOf } from '../http/contexts.ts';
import { REQUEST_ID_HEADER } from '../http/request-ids.ts';

export function observeRequests(app: Api, { metrics }: Pick<ApiParts, 'metrics'>): void {
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header(REQUEST_ID_HEADER, request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');
    const { method } = request;
    const { statusCode: status, elapsedTime } = reply;
    metrics.observe({ method, route, status, seconds: elapsedTime / 1000 });
    const fields = { requestId: request.id, correlationId: correlationIdOf(request), method, route, status };
    const keyId = request.principal?.keyId ?? null;
    request.log.info({ ...fields, keyId, milliseconds: Math.round(elapsedTime * 1000) / 1000 }, 'request');
    done();
  });
}
