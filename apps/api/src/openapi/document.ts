// The API's document (OpenAPI 3.1), made of the schemas that validate.

import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { Api } from '../http/api.ts';
import { components } from '../schemas/components.ts';
import { tags } from '../routes/route-notes.ts';
import { withPaymentLinks } from './payment-links.ts';
import { zodToJson } from './zod-to-json.ts';
import { withoutUnused } from './without-unused.ts';
import { withWriteHeaders } from './write-headers.ts';

const description = `Payments: create, process, refund, search and audit them.

Amounts are integers of minor units. Every write answers with the payment, its \`ETag\` and \`Paystrata-Position\`; a read
that is given the position is at least as fresh. Every POST takes an \`Idempotency-Key\`. Problems are
\`application/problem+json\` with a stable \`code\`: see /docs/errors.`;

/** Components that are lines or frames of a body: only words refer to them. */
const inWords = ['BulkRowInput', 'MaintenanceProgress'];

/** Must be registered before the routes. */
export async function registerDocument(app: Api, version: string): Promise<void> {
  const conversion = { schemaRegistry: components, zodToJsonConfig: zodToJson };
  const collect = createJsonSchemaTransformObject(conversion);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Paystrata', version, description, license: { name: 'MIT', identifier: 'MIT' } },
      tags: Object.values(tags).map((name) => ({ name })),
      security: [{ apiKey: [] }],
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'A key that `paystrata keys create` printed.' },
        },
      },
    },
    transform: createJsonSchemaTransform(conversion),
    transformObject: (document) => withPaymentLinks(withWriteHeaders(withoutUnused(collect(document), inWords))),
  });
}

/** The page for people; a plugin of its own whose routes are not part of the document. */
export async function registerDocumentPage(app: Api): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    // A server that speaks plain HTTP under a name of its own has nothing to upgrade to: the page would stay empty.
    transformStaticCSP: (policy) => policy.replace(/;\s*upgrade-insecure-requests/, ''),
    uiConfig: { deepLinking: true },
  });
}
