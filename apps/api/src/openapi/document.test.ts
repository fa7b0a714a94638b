// The API's document says what is served, and what is served is in the document.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiReference } from '../testing/api-reference.ts';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.ts';
import { documentOf, type Document } from '../testing/document.ts';

let api: ApiUnderTest;
let document: Document;

beforeAll(async () => {
  api = await openApi();
  document = await documentOf(api);
});

afterAll(() => api.close());

/** Every route of the specification of the API. */
const specified = `
  GET /v1/payments, POST /v1/payments, POST /v1/payments/bulk, GET /v1/payments/{id}, PATCH /v1/payments/{id},
  DELETE /v1/payments/{id}, POST /v1/payments/{id}/process, POST /v1/payments/{id}/settle,
  POST /v1/payments/{id}/cancel, POST /v1/payments/{id}/refunds, POST /v1/payments/{id}/erase,
  GET /v1/payments/{id}/events, GET /v1/payments/{id}/timeline, GET /v1/statistics, GET /v1/analytics,
  GET /v1/suggestions, GET /v1/events, GET /v1/events/statistics, GET /v1/events/trends,
  GET /v1/events/correlations/{id}, GET /v1/timelines/{correlationId}, GET /v1/events/stream, POST /v1/replays,
  GET /v1/storage, POST /v1/storage/verify, POST /v1/storage/repair, POST /v1/storage/rebuild,
  POST /v1/storage/optimize, POST /v1/storage/sync, POST /v1/storage/archive, GET /health/live, GET /health/ready,
  GET /metrics, GET /openapi.json, GET /docs/errors`;

const names = specified.split(',').map((name) => name.trim());

describe('the document', () => {
  it('is OpenAPI 3.1 and has an operation for every route, no more', () => {
    expect(document.openapi).toBe('3.1.0');
    const documented = document.operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(documented.sort()).toEqual(names.sort());
  });

  it('says of every operation what it is for, who may, and how it fails', () => {
    const ids = document.operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation, path } of document.operations) {
      expect(operation.summary, path).toMatch(/\w/);
      expect(operation.tags, path).toHaveLength(1);
      if (operation.security !== undefined) expect(operation.security).toEqual([]);
      else
        expect(Object.keys(operation.responses), path).toEqual(
          expect.arrayContaining(['400', '401', '403', '429', '500', '503']),
        );
    }
  });

  it('refers to nothing that it does not hold, and holds nothing unused but lines and frames of bodies', () => {
    const referred = new Set([...document.text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name));
    const held = Object.keys(document.schemas);
    expect(held).toEqual(expect.arrayContaining([...referred]));
    expect(held.filter((name) => !referred.has(name))).toEqual(['BulkRowInput', 'MaintenanceProgress']);
  });

  it('has the fields of a new payment as the bus validates them: amounts are integers', () => {
    expect(document.schemas['NewPaymentInput']).toMatchObject({
      additionalProperties: false,
      required: ['amount', 'currency'],
      properties: { amount: { type: 'integer' }, currency: { type: 'string' } },
    });
  });
});

it('docs/api.md is made of the document (vitest -u writes it)', async () => {
  await expect(await apiReference(api.app)).toMatchFileSnapshot('../../../../docs/api.md');
});

describe('what is served', () => {
  it('is what is documented: any other method of an address is 405, any other address 404', async () => {
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
    for (const path of new Set(document.operations.map((each) => each.path))) {
      const has = document.operations.filter((each) => each.path === path).map(({ method }) => method.toUpperCase());
      const url = path.replace('{id}', 'x').replace('{correlationId}', 'x');
      for (const method of methods.filter((each) => !has.includes(each))) {
        const answer = await api.app.inject({ method, url });
        // `/v1/payments/bulk` is also the address of a payment with that id, which is none.
        if (url === '/v1/payments/bulk') continue;
        expect(answer.statusCode, `${method} ${url}`).toBe(405);
        expect(answer.headers['allow']).toContain(has[0]);
      }
    }
    expect((await api.app.inject('/v2/payments')).json()).toMatchObject({ status: 404, code: 'route_not_found' });
  });

  it('asks for a key everywhere but where the document says that it is public', async () => {
    for (const { method, path, operation } of document.operations) {
      if (path === '/v1/events/stream') continue;
      const url = path.replace('{id}', 'x').replace('{correlationId}', 'x');
      const { statusCode } = await api.app.inject({ method, url });
      expect(statusCode === 401, `${method} ${path}`).toBe(operation.security === undefined);
    }
  });

  it('has pages for people: the document and the problems', async () => {
    const page = await api.app.inject('/docs');
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    // On plain HTTP under any name but localhost, the page would ask for its files where nobody listens.
    expect(page.headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    expect((await api.app.inject('/docs/json')).json()).toMatchObject({ openapi: '3.1.0' });
    expect((await api.app.inject('/docs/errors')).body).toContain('payment_not_found');
  });
});
