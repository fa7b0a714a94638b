// The API as the console calls it. Types are those that the API's own schemas are held to.

import type {
  AnalyticsView,
  EventView,
  ListView,
  PaymentView,
  SuggestionView,
  TimelineEntryView,
} from '@paystrata/application';
import type { Session } from '../session/session.ts';
import { Problem } from './problem.ts';
import { createTransport } from './transport.ts';

export interface StorageView {
  readonly strategy: string;
  readonly capabilities: Readonly<Record<string, string | boolean>>;
  readonly healthy: boolean;
  readonly sources: readonly { readonly name: string; readonly healthy: boolean; readonly problem: string | null }[];
  readonly actions: readonly string[];
  readonly measurements: readonly {
    readonly name: string;
    readonly value: number;
    readonly labels: Readonly<Record<string, string>>;
  }[];
}

export interface ReportView {
  readonly action: string;
  readonly checked: number;
  readonly changed: number;
  readonly differing: number;
  readonly differences: readonly { readonly paymentId: string; readonly problem: string }[];
}

type Query = URLSearchParams;

/** A payment, and what a change to it has to name. */
export interface Versioned {
  readonly payment: PaymentView;
  readonly etag: string;
  /** False while the gateway has not answered. */
  readonly settled: boolean;
}

export interface Client {
  payments(query: Query, signal?: AbortSignal): Promise<ListView<PaymentView>>;
  payment(id: string, asOf?: number): Promise<Versioned>;
  timeline(id: string): Promise<readonly TimelineEntryView[]>;
  history(id: string): Promise<readonly EventView[]>;
  analytics(query: Query, signal?: AbortSignal): Promise<AnalyticsView>;
  suggestions(prefix: string, signal?: AbortSignal): Promise<readonly SuggestionView[]>;
  events(query: Query): Promise<ListView<EventView>>;
  /** The live log; ends when the signal aborts or the API goes away. */
  stream(
    query: Query,
    lastEventId: string | null,
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
  storage(): Promise<StorageView>;
  maintain(action: string): Promise<ReportView>;
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
    timeline: async (id) => (await get<ListView<TimelineEntryView>>(`${one(id)}/timeline`)).data,
    history: async (id) => (await get<ListView<EventView>>(`${one(id)}/events`)).data,
    analytics: (query, signal) => get('/v1/analytics', query, signal),
    suggestions: async (prefix, signal) =>
      (await get<ListView<SuggestionView>>('/v1/suggestions', new URLSearchParams({ prefix, limit: '8' }), signal))
        .data,
    events: (query) => get('/v1/events', query),
    stream: async (query, lastEventId, signal) => {
      const headers = lastEventId === null ? {} : { 'Last-Event-ID': lastEventId };
      const { body } = await send(`/v1/events/stream?${query.toString()}`, { headers, signal });
      if (body === null) throw new Problem(0, 'UNREACHABLE', 'the API answered without a stream', null, null);
      return body;
    },
    storage: () => get('/v1/storage'),
    maintain: async (action) => (await (await write('POST', `/v1/storage/${action}`, {}, {})).json()) as ReportView,
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
