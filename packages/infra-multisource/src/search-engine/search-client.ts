// The few words of HTTP that OpenSearch and Elasticsearch have in common, over the connections that fetch keeps alive.

import { PortFailure } from '@paystrata/application';
import { z } from 'zod';

export interface SearchRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  /** With a leading slash. */
  readonly path: string;
  /** Sent as JSON; a text is sent as it is: lines of JSON. */
  readonly body?: object | string;
  /** Statuses beside 2xx that are answers, not failures. */
  readonly accepts?: readonly number[];
}

export interface SearchReply {
  readonly status: number;
  readonly json: unknown;
}

/**
 * Throws `PortFailure`s: `STORE_UNAVAILABLE` for a server that is away, slow, busy or not a search engine; `STORE_FULL`
 * where it writes no more; `CONFIG_INVALID`, retryable for credentials, else for what it does not understand.
 */
export interface SearchClient {
  send(request: SearchRequest): Promise<SearchReply>;
}

/** @param url with the credentials, where there are any; they are in no message. */
export function createSearchClient(url: string, timeoutMs: number): SearchClient {
  const { base, authorization } = addressOf(url);
  return {
    send: async ({ method, path, body, accepts = [] }) => {
      const isLines = typeof body === 'string';
      const headers = {
        ...(authorization !== null && { authorization }),
        ...(body !== undefined && { 'content-type': isLines ? 'application/x-ndjson' : 'application/json' }),
      };
      const payload = body === undefined ? {} : { body: isLines ? body : JSON.stringify(body) };
      const { status, text } = await call(`${base}${path}`, { method, headers, ...payload }, timeoutMs);
      const json = text === '' ? null : jsonOf(text, status);
      if ((status >= 200 && status < 300) || accepts.includes(status)) return { status, json };
      throw refused(`${method} ${path.split('?')[0]}`, status, json);
    },
  };
}

async function call(url: string, init: RequestInit, timeoutMs: number) {
  try {
    const reply = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    return { status: reply.status, text: await reply.text() };
  } catch (cause) {
    const isLate = cause instanceof Error && cause.name === 'TimeoutError';
    const problem = isLate ? `did not answer within ${timeoutMs} ms` : 'cannot be reached';
    throw unavailable(`${problem}: see that PAYSTRATA_SEARCH_URL is right and the server runs`, cause);
  }
}

function addressOf(url: string): { readonly base: string; readonly authorization: string | null } {
  const address = new URL(url);
  const login = [address.username, address.password].map(decodeURIComponent).join(':');
  address.username = '';
  address.password = '';
  const authorization = login === ':' ? null : `Basic ${Buffer.from(login).toString('base64')}`;
  return { base: address.href.replace(/\/+$/, ''), authorization };
}

function jsonOf(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unavailable(`answered ${status} with what is no JSON: is something else behind PAYSTRATA_SEARCH_URL?`, cause);
  }
}

/** @throws PortFailure `STORE_UNAVAILABLE` where the answer is another one than engines give. */
export function readReply<Reply>(schema: z.ZodType<Reply>, json: unknown): Reply {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw unavailable('gave an answer that is none: is something else behind PAYSTRATA_SEARCH_URL?', parsed.error);
}

const problemSchema = z.object({
  error: z.union([
    z.string(),
    z.object({ type: z.string(), reason: z.string().nullish(), root_cause: z.array(z.unknown()).optional() }),
  ]),
});

/** What the engine says was wrong, in few words. */
export function problemIn(json: unknown): string {
  const parsed = problemSchema.safeParse(json);
  if (!parsed.success) return 'without saying why';
  const { error } = parsed.data;
  if (typeof error === 'string') return error;
  const root = error.root_cause?.[0];
  // Of a search that failed on all shards, the root cause says more.
  if (root !== undefined && error.type === 'search_phase_execution_exception') return problemIn({ error: root });
  return `${error.type}: ${(error.reason ?? '').slice(0, 300)}`;
}

function refused(what: string, status: number, json: unknown): PortFailure {
  const problem = problemIn(json);
  if (problem.startsWith('cluster_block')) {
    return new PortFailure('STORE_FULL', `the search engine writes no more: ${problem}`, { retryable: true });
  }
  if (status === 401 || status === 403) {
    const message = `the search engine refuses the credentials of PAYSTRATA_SEARCH_URL (${status}): ${problem}`;
    return new PortFailure('CONFIG_INVALID', message, { retryable: true });
  }
  if (status === 429 || status >= 500) return unavailable(`is busy (${status}, ${what}): ${problem}`);
  const message = `the search engine refused ${what} (${status}): ${problem}; OpenSearch 2 or Elasticsearch 7.17 and later are asked for`;
  return new PortFailure('CONFIG_INVALID', message, { details: { status } });
}

function unavailable(problem: string, cause?: unknown): PortFailure {
  return new PortFailure('STORE_UNAVAILABLE', `the search engine ${problem}`, { cause });
}
