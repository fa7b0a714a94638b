// The log as a stream of server-sent events, with resumption.

import { Readable } from 'node:stream';
import { parsePosition, PortFailure, type OrganizationId, type PaymentId } from '@paystrata/application';
import { z } from 'zod';
import type { Api, ApiParts, Request } from '../http/api.ts';
import { queryHeaders } from '../http/headers.ts';
import { organizationOf } from '../http/principal.ts';
import { HttpProblem } from '../problems/http-problem.ts';
import { eventsQuery } from '../queries/event-query.ts';
import { answers } from '../schemas/problem-schema.ts';
import { eventStream } from '../stream/event-stream.ts';
import { sendEventStream } from '../stream/send-event-stream.ts';
import { tags } from './route-notes.ts';

const { type, paymentId } = eventsQuery.shape;

const streamQuery = z.strictObject({
  type,
  paymentId,
  from: z.enum(['start', 'now']).optional().meta({ description: 'Where to begin without Last-Event-ID; `now`.' }),
});

const headers = queryHeaders.extend({
  'last-event-id': z.string().optional().meta({ description: 'The id of the last event that was seen.' }),
});

const frames = z.string().meta({ description: 'Frames with `id`, `event` (the type) and `data` (an Event).' });

export function streamRoutes(app: Api, parts: ApiParts, ending: AbortSignal): void {
  app.get(
    '/v1/events/stream',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'streamEvents',
        tags: [tags.events],
        summary: 'Follow the log as server-sent events',
        description: 'Resumes after Last-Event-ID; an id of another life of the log is answered POSITION_UNKNOWN.',
        querystring: streamQuery,
        headers,
        response: answers(
          { 200: { description: 'Server-sent events.', content: { 'text/event-stream': { schema: frames } } } },
          'POSITION_UNKNOWN',
        ),
      },
    },
    async (request, reply) => {
      const organizationId = organizationOf(request);
      const after = await startOf(parts, request, organizationId, request.query.from ?? 'now');
      const wanted = wantedBy(request.query.type ?? [], request.query.paymentId);
      const gone = new AbortController();
      const signal = AbortSignal.any([gone.signal, ending]);
      const frames = Readable.from(eventStream(parts, { organizationId, after, wanted, signal }));
      reply.raw.once('close', () => gone.abort());
      return sendEventStream(reply, frames);
    },
  );
}

function wantedBy(types: readonly string[], paymentId: PaymentId | undefined) {
  return (event: { readonly type: string; readonly paymentId: PaymentId }) =>
    (types.length === 0 || types.includes(event.type)) && (paymentId === undefined || event.paymentId === paymentId);
}

/** @throws PortFailure `POSITION_UNKNOWN` for an id of another life of the log, or of another organization. */
async function startOf(
  { composition: { strategy } }: ApiParts,
  { headers }: Request,
  organizationId: OrganizationId,
  from: 'start' | 'now',
): Promise<number | null> {
  const lastId = headers['last-event-id'];
  if (lastId === undefined) return from === 'start' ? null : endOfLog(strategy.log);
  const last = typeof lastId === 'string' ? parsePosition(lastId) : undefined;
  if (last === undefined) {
    throw new HttpProblem('malformed_header', 'Last-Event-ID must be the id of an event of this stream', {
      param: 'Last-Event-ID',
    });
  }
  if (last.epoch === strategy.epoch() && last.organizationId === organizationId && last.position !== null) {
    return last.position;
  }
  throw new PortFailure(
    'POSITION_UNKNOWN',
    'the event is of another life of the log: begin again without Last-Event-ID',
  );
}

async function endOfLog(log: ApiParts['composition']['strategy']['log']): Promise<number | null> {
  const { events } = await log.readAll({ direction: 'backward', from: null, limit: 1 });
  return events[0]?.position ?? null;
}
