// What operators and tools ask: health, metrics, the document of the API.

import { z } from 'zod';
import type { Api, ApiParts } from '../http/api.ts';
import { problemsPage } from '../problems/problems-page.ts';
import { livenessSchema, readinessSchema } from '../schemas/storage-schema.ts';
import { noQuery, tags } from './route-notes.ts';

const config = { isPublic: true } as const;
const common = { tags: [tags.operation], querystring: noQuery, security: [] };
const text = (description: string, type: string) => ({
  description,
  content: { [type]: { schema: z.string() } },
});

export function operationRoutes(app: Api, parts: ApiParts): void {
  const { strategy, apiKeys } = parts.composition;

  app.get(
    '/health/live',
    {
      config,
      schema: { ...common, operationId: 'getLiveness', summary: 'The process runs', response: { 200: livenessSchema } },
    },
    async () => ({ status: 'ok' as const }),
  );

  app.get(
    '/health/ready',
    {
      config,
      schema: {
        ...common,
        operationId: 'getReadiness',
        summary: 'Requests can be served; else which port is down',
        response: { 200: readinessSchema, 503: readinessSchema },
      },
    },
    async (request, reply) => {
      const [health, keys] = await Promise.all([
        strategy.health(),
        apiKeys.find('none').then(
          () => true,
          () => false,
        ),
      ]);
      const sources = [
        ...health.sources.map(({ name, healthy }) => ({ name, healthy })),
        { name: 'API keys', healthy: keys },
      ];
      const healthy = health.healthy && keys;
      if (!healthy) request.log.warn({ sources: health.sources, requestId: request.id }, 'not ready');
      return reply.code(healthy ? 200 : 503).send({ status: healthy ? 'ok' : 'unavailable', sources });
    },
  );

  app.get(
    '/metrics',
    {
      config,
      schema: {
        ...common,
        operationId: 'getMetrics',
        summary: 'Metrics for Prometheus',
        response: { 200: text('The text format of Prometheus.', 'text/plain') },
      },
    },
    async (_, reply) => reply.type(parts.metrics.contentType).send(await parts.metrics.text()),
  );

  documentRoutes(app);
}

function documentRoutes(app: Api): void {
  app.get(
    '/openapi.json',
    {
      config,
      schema: {
        ...common,
        operationId: 'getOpenApi',
        summary: 'This document',
        response: { 200: z.looseObject({ openapi: z.string() }) },
      },
    },
    async () => app.swagger(),
  );

  app.get(
    '/docs/errors',
    {
      config,
      schema: {
        ...common,
        operationId: 'getErrors',
        summary: 'Every code of a problem, with what to do',
        response: { 200: text('A page for people.', 'text/html') },
      },
    },
    async (_, reply) => reply.type('text/html; charset=utf-8').send(problemsPage),
  );
}
