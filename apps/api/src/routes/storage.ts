// The storage behind the API: how it is, and its maintenance.

import { Readable } from 'node:stream';
import {
  InvalidMessage,
  maintenanceActions,
  parseInstant,
  parseKeptRoot,
  parsePaymentId,
  type MaintenanceAction,
  type MaintenanceOptions,
  type MaintenanceReport,
  type MaintenanceScope,
} from '@paystrata/application';
import { z } from 'zod';
import type { Api, ApiParts, Reply, Request } from '../http/api.ts';
import { commonHeaders } from '../http/headers.ts';
import { namedOrganization, organizationOf, requirePrincipal } from '../http/principal.ts';
import { component } from '../schemas/components.ts';
import { answers, withBody } from '../schemas/problem-schema.ts';
import { maintenanceFrames, maintenanceReportSchema, storageSchema } from '../schemas/storage-schema.ts';
import { loggedProblem } from '../server/error-handling.ts';
import { sendEventStream } from '../stream/send-event-stream.ts';
import { watchMaintenance } from '../stream/maintenance-stream.ts';
import { notFound } from './payment-id.ts';
import { noQuery, tags } from './route-notes.ts';

/** Addresses say `sync` for `synchronize`. */
function addressOf(action: MaintenanceAction): string {
  return `/v1/storage/${action === 'synchronize' ? 'sync' : action}`;
}

const paymentId = z.string().optional().meta({
  description: "One payment. Without it: the organization; with an operator's key that names none: everything.",
});

const maintenanceBody = component('MaintenanceRequest', z.strictObject({ paymentId }));

const verifyBody = component(
  'VerifyRequest',
  z.strictObject({
    paymentId,
    root: z.string().optional().meta({
      description: 'A root that was kept elsewhere, as `HEX@POSITION`: the log must still lead to it.',
    }),
    seal: z.boolean().optional().meta({
      description:
        'Seal the log to its end where nothing differs, so that the root in the answer stands for all of it.',
    }),
  }),
);

const archiveBody = component(
  'ArchiveRequest',
  z.strictObject({
    paymentId,
    before: z.string().optional().meta({
      description: 'Events from before this instant or date. Without it: older than the setting `archive.afterDays`.',
    }),
  }),
);

/** What an action can be told; only the fields of its own body are there. */
type MaintenanceBody = Partial<z.output<typeof verifyBody> & z.output<typeof archiveBody>>;

function bodyOf(action: MaintenanceAction): z.ZodType<MaintenanceBody> {
  if (action === 'verify') return verifyBody.prefault({});
  if (action === 'archive') return archiveBody.prefault({});
  return maintenanceBody.prefault({});
}

const config = { scope: 'admin' } as const;
const common = { tags: [tags.storage], querystring: noQuery, headers: commonHeaders };

export function storageRoutes(app: Api, parts: ApiParts): void {
  const { strategy } = parts.composition;

  app.get(
    '/v1/storage',
    {
      config,
      schema: {
        ...common,
        operationId: 'getStorage',
        summary: 'The strategy, its sources and how they are',
        response: answers({ 200: storageSchema }),
      },
    },
    async () => {
      const { healthy, sources } = await strategy.health();
      return {
        strategy: strategy.name,
        capabilities: { ...strategy.capabilities },
        healthy,
        sources: [...sources],
        actions: [...strategy.maintenance.actions],
        measurements: strategy.measure().map(({ name, value, labels }) => ({ name, value, labels: { ...labels } })),
      };
    },
  );

  for (const action of maintenanceActions) {
    app.post(
      addressOf(action),
      {
        config,
        schema: {
          ...common,
          operationId: `${action}Storage`,
          summary: `Storage: ${action}`,
          description: `Answers when it is finished, however long that takes; it ends early where the client goes away. With \`Accept: ${EVENT_STREAM}\` it tells how far it is on the way.`,
          body: bodyOf(action),
          response: answers(
            { 200: reportOrFrames },
            ...[...withBody, 'CAPABILITY_MISSING' as const, 'payment_not_found' as const, 'STORE_DAMAGED' as const],
          ),
        },
      },
      (request, reply) => maintain(parts, action, request, reply, request.body),
    );
  }
}

const EVENT_STREAM = 'text/event-stream';

const reportOrFrames = {
  description: 'What was found and done.',
  content: {
    'application/json': { schema: maintenanceReportSchema },
    [EVENT_STREAM]: { schema: maintenanceFrames },
  },
};

async function maintain(
  { composition: { strategy, clock } }: ApiParts,
  action: MaintenanceAction,
  request: Request,
  reply: Reply,
  body: MaintenanceBody,
): Promise<MaintenanceReport | Reply> {
  const scope = scopeOf(request, body.paymentId);
  // Not the request's own signal: a request closes as soon as its body is read, an answer when the client is gone.
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const options = { signal: gone.signal, ...optionsOf(action, body) };
  if (request.headers.accept?.includes(EVENT_STREAM) !== true) {
    return strategy.maintenance.run(action, scope, options);
  }
  const frames = await watchMaintenance({
    run: (onProgress) => strategy.maintenance.run(action, scope, { ...options, onProgress }),
    clock,
    signal: gone.signal,
    problemOf: (error) => loggedProblem(error, request).problem,
  });
  return sendEventStream(reply, Readable.from(frames));
}

/** @throws InvalidMessage for what is no instant, or no root. */
function optionsOf(action: MaintenanceAction, { root, seal, before }: MaintenanceBody): MaintenanceOptions {
  return {
    ...(root !== undefined && { keptRoot: parseKeptRoot(root) ?? wrong(action, 'root', 'must be HEX@POSITION') }),
    ...(seal !== undefined && { seal }),
    ...(before !== undefined && {
      before: parseInstant(before) ?? wrong(action, 'before', 'must be an instant such as 2026-01-31T12:00:00Z'),
    }),
  };
}

function wrong(action: MaintenanceAction, path: string, message: string): never {
  throw new InvalidMessage(action, [{ path, message }]);
}

function scopeOf(request: Request, payment: string | undefined): MaintenanceScope {
  if (payment !== undefined) {
    const paymentId = parsePaymentId(payment) ?? notFound();
    return { kind: 'payment', organizationId: organizationOf(request), paymentId };
  }
  const isOperator = requirePrincipal(request).organizationId === '*';
  if (isOperator && namedOrganization(request) === null) return { kind: 'all' };
  return { kind: 'organization', organizationId: organizationOf(request) };
}
