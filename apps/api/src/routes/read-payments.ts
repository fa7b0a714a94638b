// Reading one payment, lists of them, and their histories.

import {
  eventView,
  formatPosition,
  parseAsOf,
  paymentListView,
  paymentView,
  timelineEntryView,
  wholeListView,
} from '@paystrata/application';
import { z } from 'zod';
import type { Api, ApiParts } from '../http/api.ts';
import { POSITION_HEADER, queryContextOf } from '../http/contexts.ts';
import { queryHeaders } from '../http/headers.ts';
import { etagOf, hasAlready } from '../http/preconditions.ts';
import { listQuery, searchOf } from '../queries/payment-query.ts';
import { inWireNames } from '../queries/wire-names.ts';
import { eventListSchema, paymentListSchema, timelineSchema } from '../schemas/list-schema.ts';
import { paymentSchema } from '../schemas/payment-schema.ts';
import { answers, onReads } from '../schemas/problem-schema.ts';
import { gone, notFound, paymentIdOf } from './payment-id.ts';
import { noQuery, paymentParams, tags } from './route-notes.ts';

const asOf = z.string().transform((text, context) => {
  const parsed = parseAsOf(text);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: 'must be a version, or an instant such as 2026-01-31T12:00:00Z' });
  return z.NEVER;
});

const getQuery = z.strictObject({
  asOf: asOf.optional().meta({ description: 'Show the payment as it was at a version, or at an instant.' }),
});

const historyQuery = z.strictObject({
  fromVersion: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'must be a version from 1')
    .transform(Number)
    .optional(),
});

const config = { scope: 'read' } as const;

export function readPaymentRoutes(app: Api, parts: ApiParts): void {
  const { queries, strategy } = parts.composition;

  app.get(
    '/v1/payments',
    {
      config,
      schema: {
        operationId: 'listPayments',
        tags: [tags.payments],
        summary: 'Search payments',
        description:
          'All filters must hold. Ranges: `gte` is included, `lt` is not. An amount range needs its currency.',
        querystring: listQuery,
        headers: queryHeaders,
        response: answers({ 200: paymentListSchema }, ...onReads, 'CURSOR_INVALID'),
      },
    },
    async (request) =>
      paymentListView(await inWireNames(queries.execute(searchOf(request.query), queryContextOf(request, parts)))),
  );

  app.get(
    '/v1/payments/:id',
    {
      config,
      schema: {
        operationId: 'getPayment',
        tags: [tags.payments],
        summary: 'Read a payment',
        params: paymentParams,
        querystring: getQuery,
        headers: queryHeaders,
        response: answers(
          { 200: paymentSchema, 304: z.null().meta({ description: 'The ETag of If-None-Match is still the one.' }) },
          ...[...onReads, 'payment_not_found' as const, 'payment_deleted' as const],
        ),
      },
    },
    async (request, reply) => {
      const context = queryContextOf(request, parts);
      const paymentId = paymentIdOf(request.params.id);
      const then = request.query.asOf ?? null;
      const found = (await queries.execute({ type: 'GetPayment', paymentId, asOf: then }, context)) ?? notFound();
      const { payment, position } = found;
      if (payment.status === 'deleted' && then === null) gone();
      const { organizationId, version } = payment;
      const token = formatPosition({ epoch: strategy.epoch(), organizationId, paymentId, version, position });
      void reply.header('etag', etagOf(version)).header(POSITION_HEADER, token);
      return hasAlready(request, version) ? reply.code(304).send(null) : paymentView(payment);
    },
  );

  historyRoutes(app, parts);
}

function historyRoutes(app: Api, parts: ApiParts): void {
  const { queries } = parts.composition;

  app.get(
    '/v1/payments/:id/events',
    {
      config,
      schema: {
        operationId: 'listPaymentEvents',
        tags: [tags.payments],
        summary: 'The history of a payment: who did what, when and why',
        params: paymentParams,
        querystring: historyQuery,
        headers: queryHeaders,
        response: answers({ 200: eventListSchema }, ...onReads, 'payment_not_found'),
      },
    },
    async (request) => {
      const context = queryContextOf(request, parts);
      const paymentId = paymentIdOf(request.params.id);
      const fromVersion = request.query.fromVersion ?? 1;
      const events = await queries.execute({ type: 'PaymentHistory', paymentId, fromVersion: 1 }, context);
      if (events.length === 0) notFound();
      return wholeListView(events.filter(({ version }) => version >= fromVersion).map(eventView));
    },
  );

  app.get(
    '/v1/payments/:id/timeline',
    {
      config,
      schema: {
        operationId: 'getPaymentTimeline',
        tags: [tags.payments],
        summary: 'The history of a payment in words',
        params: paymentParams,
        querystring: noQuery,
        headers: queryHeaders,
        response: answers({ 200: timelineSchema }, ...onReads, 'payment_not_found'),
      },
    },
    async (request) => {
      const context = queryContextOf(request, parts);
      const paymentId = paymentIdOf(request.params.id);
      const entries = await queries.execute({ type: 'PaymentTimeline', paymentId }, context);
      return entries.length === 0 ? notFound() : wholeListView(entries.map(timelineEntryView));
    },
  );
}
