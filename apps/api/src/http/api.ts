// The types of the Fastify instance, and what requests and routes carry of ours.

import type { Composition } from '@paystrata/composition';
import type { AccessScope } from '@paystrata/application';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest, RawServerDefault } from 'fastify';
import type { RequestTypes } from './request-types.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { IdempotencyGuard } from '../idempotency/idempotency-guard.ts';
import type { ApiMetrics } from '../server/api-metrics.ts';
import type { ReadPage } from '../stream/shared-pages.ts';
import type { Wakeups } from '../stream/wakeups.ts';
import type { Principal } from './principal.ts';

export type Api = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, RequestTypes>;

/** What routes work with. */
export interface ApiParts {
  readonly composition: Composition;
  readonly idempotency: IdempotencyGuard;
  readonly metrics: ApiMetrics;
  /** Rings when events were committed, and when the server is about to end. */
  readonly wakeups: Wakeups;
  /** Reads the log for those who follow it. */
  readonly pages: ReadPage;
}

export type Request = FastifyRequest;
export type Reply = FastifyReply;

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose key came with the request; null on public routes. */
    principal: Principal | null;
  }

  interface FastifyContextConfig {
    /** What the key must be allowed to do; a route without it is public, and says so. */
    readonly scope?: AccessScope;
    readonly isPublic?: true;
  }
}
