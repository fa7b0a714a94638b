// The API as the console calls it.

import { EventSourceParserStream, type EventSourceMessage } from 'eventsource-parser/stream';
import type { Session } from '../session/session.ts';
import { Problem, problemIn, unreachable } from './problem.ts';
import { createTransport, type Send } from './transport.ts';
import type {
  AnalyticsView,
  EventList,
  EventView,
  MaintenanceAction,
  MaintenanceProgress,
  MaintenanceReport,
  PaymentList,
  PaymentView,
  Storage,
  SuggestionList,
  Timeline,
} from './types.ts';

type Query = URLSearchParams;
type Frames = ReadableStream<EventSourceMessage>;

/** A payment, and what a change to it has to name. */
export interface Versioned {
  readonly payment: PaymentView;
  readonly etag: string;
  /** False while the gateway has not answered. */
  readonly settled: boolean;
}

export interface Client {
  payments(query: Query, signal?: AbortSignal): Promise<PaymentList>;
  payment(id: string, asOf?: number): Promise<Versioned>;
  timeline(id: string): Promise<Timeline['data']>;
  history(id: string): Promise<readonly EventView[]>;
  analytics(query: Query, signal?: AbortSignal): Promise<AnalyticsView>;
  suggestions(prefix: string, signal?: AbortSignal): Promise<SuggestionList['data']>;
  events(query: Query): Promise<EventList>;
  /** The live log; ends when the signal aborts or the API goes away. */
  stream(query: Query, lastEventId: string | null, signal: AbortSignal): Promise<Frames>;
  storage(): Promise<Storage>;
  /** The API gives up when the signal aborts. */
  maintain(
    action: MaintenanceAction,
    onProgress: (progress: MaintenanceProgress) => void,
    signal: AbortSignal,
  ): Promise<MaintenanceReport>;
  /** POST to `/v1/payments/ID/ACTION`, upon the version that the person saw. */
  act(id: string, action: string, body: object, etag: string, key: string): Promise<Versioned>;
  update(id: string, body: object, etag: string): Promise<Versioned>;
  remove(id: string, reason: string, etag: string): Promise<Versioned | null>;
}

export function createClient(session: Session): Client {
  const send = createTransport(session);
  const get = async <Answer>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer> => {
    const address = query === undefined || query.size === 0 ? path : `${path}?${query.toString()}`;
    const response = await send(address, signal === undefined ? {} : { signal });
    return (await response.json()) as Answer;
  };
  const write = async (method: string, path: string, body: object | null, headers: HeadersInit): Promise<Response> =>
    send(path, {
      method,
      headers: { ...headers, ...(body !== null && { 'Content-Type': 'application/json' }) },
      ...(body !== null && { body: JSON.stringify(body) }),
    });
  const one = (id: string) => `/v1/payments/${encodeURIComponent(id)}`;

  return {
    payments: (query, signal) => get('/v1/payments', query, signal),
    payment: async (id, asOf) => versioned(await send(asOf === undefined ? one(id) : `${one(id)}?asOf=${asOf}`)),
    timeline: async (id) => (await get<Timeline>(`${one(id)}/timeline`)).data,
    history: async (id) => (await get<EventList>(`${one(id)}/events`)).data,
    analytics: (query, signal) => get('/v1/analytics', query, signal),
    suggestions: async (prefix, signal) =>
      (await get<SuggestionList>('/v1/suggestions', new URLSearchParams({ prefix, limit: '8' }), signal)).data,
    events: (query) => get('/v1/events', query),
    stream: async (query, lastEventId, signal) => {
      const headers = lastEventId === null ? {} : { 'Last-Event-ID': lastEventId };
      return framesOf(await send(`/v1/events/stream?${query.toString()}`, { headers, signal }));
    },
    storage: () => get('/v1/storage'),
    maintain: (action, onProgress, signal) => maintain(send, action, onProgress, signal),
    act: async (id, action, body, etag, key) =>
      versioned(await write('POST', `${one(id)}/${action}`, body, { 'If-Match': etag, 'Idempotency-Key': key })),
    update: async (id, body, etag) => versioned(await write('PATCH', one(id), body, { 'If-Match': etag })),
    remove: async (id, reason, etag) => {
      const query = reason === '' ? '' : `?${new URLSearchParams({ reason }).toString()}`;
      const response = await write('DELETE', `${one(id)}${query}`, null, { 'If-Match': etag });
      return response.status === 204 ? null : versioned(response);
    },
  };
}

async function versioned(response: Response): Promise<Versioned> {
  const payment = (await response.json()) as PaymentView;
  return { payment, etag: response.headers.get('ETag') ?? `"${payment.version}"`, settled: response.status !== 202 };
}

/** Addresses say `sync` for `synchronize`. */
const addressOf = (action: MaintenanceAction) => `/v1/storage/${action === 'synchronize' ? 'sync' : action}`;

async function maintain(
  send: Send,
  action: MaintenanceAction,
  onProgress: (progress: MaintenanceProgress) => void,
  signal: AbortSignal,
): Promise<MaintenanceReport> {
  const headers = { Accept: 'text/event-stream', 'Content-Type': 'application/json' };
  const frames = framesOf(await send(addressOf(action), { method: 'POST', body: '{}', headers, signal }));
  try {
    for await (const { event, data } of frames) {
      if (event === 'progress') onProgress(JSON.parse(data) as MaintenanceProgress);
      if (event === 'report') return JSON.parse(data) as MaintenanceReport;
      if (event === 'problem') throw problemIn(data);
    }
  } catch (error) {
    throw error instanceof TypeError ? unreachable(error) : error;
  }
  throw unreachable(new Error(`the connection ended before ${action} was finished`));
}

function framesOf({ body }: Response): Frames {
  if (body === null) throw new Problem(0, 'UNREACHABLE', 'the API answered without a stream', null, null);
  return body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
}
