// The API upon a composition: plugins, guards and routes, ready to be asked.

import type { Composition } from '@paystrata/composition';
import { authorization, commandScopes, requireScopes, type CommandContext } from '@paystrata/application';
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import { createSerializerCompiler } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { consoleFiles, serveConsole } from '../console/serve-console.ts';
import { tellOrigins } from '../http/answer-origin.ts';
import type { Api, ApiParts } from '../http/api.ts';
import { guardRoutes } from '../http/authentication.ts';
import type { RequestTypes } from '../http/request-types.ts';
import { requestIds } from '../http/request-ids.ts';
import { serveByRole } from '../http/roles.ts';
import { validatorCompiler } from '../http/validator.ts';
import { createIdempotencyGuard } from '../idempotency/idempotency-guard.ts';
import { registerDocument, registerDocumentPage } from '../openapi/document.ts';
import { parseQueryString } from '../queries/query-string.ts';
import { actionRoutes } from '../routes/actions.ts';
import { bulkRoutes } from '../routes/bulk.ts';
import { createAndChangeRoutes } from '../routes/create-and-change.ts';
import { eventRoutes } from '../routes/events.ts';
import { operationRoutes } from '../routes/operation.ts';
import { readPaymentRoutes } from '../routes/read-payments.ts';
import { reportRoutes } from '../routes/reports.ts';
import { storageRoutes } from '../routes/storage.ts';
import { streamRoutes } from '../routes/stream.ts';
import { createSharedPages } from '../stream/shared-pages.ts';
import { createWakeups } from '../stream/wakeups.ts';
import { answerClientError } from './client-errors.ts';
import { createApiMetrics } from './api-metrics.ts';
import { readBodies } from './body-parsers.ts';
import { answerProblem, handleErrors } from './error-handling.ts';
import { refuseOtherMethods } from './method-not-allowed.ts';
import { observeRequests } from './observation.ts';
import { allowOrigins } from './cross-origin.ts';
import { createRateLimits } from './rate-limits.ts';
import { keepApart } from './security-headers.ts';
import { API_VERSION } from './version.ts';

export interface ApiOptions {
  /** Check every answer against its schema, and fail where it is another: for tests. Default false. */
  readonly checkAnswers?: boolean;
}

/** Characters of a body, which leaves room for every field at its longest. */
const MAX_BODY = 256 * 1024;
/** A request must have arrived whole by then. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** How often it is looked for requests that are late. */
const LATE_CHECK_MS = 1000;
const MAX_HEADERS = 16 * 1024;

/** Everything but the listening socket. The composition must be started before the first request. */
export async function createApi(composition: Composition, { checkAnswers = false }: ApiOptions = {}): Promise<Api> {
  const app = createServer(composition, checkAnswers);
  const parts = createParts(composition);
  const ending = new AbortController();
  app.addHook('preClose', async () => {
    ending.abort();
    parts.wakeups.ring();
  });
  // A connection that stays open after its last answer would hold up the end of the server.
  app.addHook('onSend', (_, reply, payload, done) => {
    if (ending.signal.aborted) void reply.header('connection', 'close');
    done(null, payload);
  });
  keepApart(app);
  allowOrigins(app, composition.config.server.corsOrigins);
  tellOrigins(app);
  handleErrors(app);
  readBodies(app);
  observeRequests(app, parts);
  const rates = createRateLimits(composition);
  guardRoutes(app, parts, isPage, (request) => rates.countStranger(request));
  rates.limitKeys(app);
  serveByRole(app, composition.config.server.role);
  await registerDocument(app, API_VERSION);
  const refuse = refuseOtherMethods(app);
  await registerRoutes(app, parts, ending.signal);
  refuse();
  await serveConsole(app);
  return app;
}

/** Pages that plugins bring: they show what is the same for everybody. */
function isPage(url: string): boolean {
  return url === '/docs' || url.startsWith('/docs/') || url.startsWith(consoleFiles);
}

function createServer({ logger, ids }: Composition, checkAnswers: boolean): Api {
  const loggerInstance: FastifyBaseLogger = logger;
  const app = Fastify({
    loggerInstance,
    // What is logged of a request names it: a logger of its own would be made, and its secrets looked for, each time.
    childLoggerFactory: (parent) => parent,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY,
    requestIdHeader: false,
    genReqId: requestIds(ids),
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      maxHeaderSize: MAX_HEADERS,
      connectionsCheckingInterval: LATE_CHECK_MS,
    },
    routerOptions: { querystringParser: parseQueryString, maxParamLength: 300 },
    clientErrorHandler: (error, socket) => answerClientError(error, socket, ids),
    frameworkErrors: (error, request, reply) => void answerProblem(error, request, reply),
  }).withTypeProvider<RequestTypes>();
  app.setValidatorCompiler<z.ZodType>(validatorCompiler);
  app.setSerializerCompiler(checkAnswers ? createSerializerCompiler({}) : () => (answer) => JSON.stringify(answer));
  return app;
}

function createParts(composition: Composition): ApiParts {
  const { strategy, commands, queries, events, ids, clock } = composition;
  const metrics = createApiMetrics(strategy);
  const wakeups = createWakeups();
  commands.use(metrics.middleware());
  queries.use(metrics.middleware());
  // The routes have asked for the scope already: no route that forgets to can do harm.
  commands.use(authorization<CommandContext>(requireScopes(commandScopes)));
  events.subscribe('all', async () => wakeups.ring());
  const idempotency = createIdempotencyGuard({ store: composition.idempotency, ids, clock });
  return { composition, idempotency, metrics, wakeups, pages: createSharedPages(composition, wakeups) };
}

async function registerRoutes(app: Api, parts: ApiParts, ending: AbortSignal): Promise<void> {
  createAndChangeRoutes(app, parts);
  actionRoutes(app, parts);
  readPaymentRoutes(app, parts);
  reportRoutes(app, parts);
  eventRoutes(app, parts);
  streamRoutes(app, parts, ending);
  storageRoutes(app, parts);
  operationRoutes(app, parts);
  await app.register((room: Api) => bulkRoutes(room, parts));
  await registerDocumentPage(app);
}
