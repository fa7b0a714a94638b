// Requests to a running API: the key, the organization, patience with a server that is busy, and problems as errors.

import { setTimeout as pause } from 'node:timers/promises';
import { CommandError } from '../../errors/command-error.ts';
import { parseProblem, problemError } from './problems.ts';

export interface ConnectionOptions {
  /** With or without a path, and with or without a slash at its end. */
  readonly url: string;
  readonly key: string;
  /** Named with each request that names none itself; null: that of the key. */
  readonly organization: string | null;
  /** Aborted: reads are given up at once. Commands are finished, so that what became of them is known. */
  readonly stop: AbortSignal;
}

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Such as `/v1/payments`, with its parameters encoded. */
  readonly path: string;
  /** What is null is left out; of a list, each. */
  readonly query?: readonly (readonly [name: string, value: string | null])[];
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses besides 2xx that are answers and not errors. */
  readonly expects?: readonly number[];
  readonly signal?: AbortSignal;
  /** Milliseconds until the answer must begin; null: as long as it takes. */
  readonly timeout?: number | null;
}

export interface Connection {
  /** @throws CommandError with the code of the problem, `UNREACHABLE` where nobody answers. */
  send(request: ApiRequest): Promise<Response>;
}

const TIMEOUT_MS = 60_000;
/** How often a request is sent again that got no answer, or was asked to wait for. */
const ATTEMPTS = 8;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 30_000;

/** Every request is safe to send again: reads are, and commands carry an idempotency key or the version they are for. */
export function connect({ url, key, organization, stop }: ConnectionOptions): Connection {
  const base = url.replace(/\/+$/, '');
  const headers: Readonly<Record<string, string>> = {
    authorization: `Bearer ${key}`,
    ...(organization !== null && { 'paystrata-organization': organization }),
  };

  async function attempt(request: ApiRequest): Promise<Response> {
    const signals = [
      request.signal,
      request.timeout === null ? undefined : AbortSignal.timeout(request.timeout ?? TIMEOUT_MS),
    ];
    return fetch(addressOf(base, request), {
      method: request.method,
      headers: { ...headers, ...request.headers },
      redirect: 'manual',
      signal: AbortSignal.any(signals.filter((signal) => signal !== undefined)),
      ...(request.body !== undefined && { body: request.body }),
    });
  }

  return {
    async send(given) {
      const request = given.method === 'GET' ? { signal: stop, ...given } : given;
      for (let made = 1; ; made += 1) {
        const response = await attempt(request).catch((error: unknown) => {
          if (made === ATTEMPTS || !mayPass(error, request)) throw unreachable(base, error);
          return null;
        });
        if (response !== null) {
          if (response.ok || request.expects?.includes(response.status) === true) return response;
          if (made === ATTEMPTS || !asksToWait(response)) throw await errorOf(response, base);
          await response.body?.cancel();
        }
        await pause(pauseAfter(response, made), undefined, { ...(request.signal && { signal: request.signal }) });
      }
    },
  };
}

function addressOf(base: string, { path, query = [] }: ApiRequest): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of query) if (value !== null) parameters.append(name, value);
  return base + path + (parameters.size === 0 ? '' : `?${parameters.toString()}`);
}

/** A connection that broke may work the next time; nobody listening, or a name that is none, stays so. */
function mayPass(error: unknown, { signal }: ApiRequest): boolean {
  if (signal?.aborted === true) return false;
  return ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ETIMEDOUT', 'EAI_AGAIN'].includes(causeOf(error));
}

function asksToWait({ status, headers }: Response): boolean {
  return (status === 429 || status === 503) && headers.has('retry-after');
}

function pauseAfter(response: Response | null, made: number): number {
  const asked = Number(response?.headers.get('retry-after') ?? Number.NaN) * 1000;
  return Math.min(Number.isFinite(asked) ? asked : FIRST_PAUSE_MS * 2 ** (made - 1), LONGEST_PAUSE_MS);
}

function unreachable(base: string, error: unknown): unknown {
  if (error instanceof Error && error.name === 'AbortError') return error;
  const why = error instanceof Error && error.name === 'TimeoutError' ? 'it does not answer in time' : causeOf(error);
  return new CommandError('UNREACHABLE', `the API at ${base} cannot be reached: ${why}`, {
    hint: 'is PAYSTRATA_API_URL right, and does `paystrata serve` run there?',
    cause: error,
  });
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : String(cause);
}

async function errorOf(response: Response, base: string): Promise<CommandError> {
  const { status, headers } = response;
  if (status >= 300 && status < 400) {
    const message = `the API at ${base} has moved to ${headers.get('location') ?? 'somewhere else'}`;
    return new CommandError('UNREACHABLE', message, { hint: 'set PAYSTRATA_API_URL to where it is' });
  }
  const problem = parseProblem(await response.text());
  if (problem !== null) return problemError(problem);
  return new CommandError('UNREACHABLE', `${base} answers ${status} and is no API of Paystrata`, {
    hint: 'is PAYSTRATA_API_URL right?',
    status,
  });
}
