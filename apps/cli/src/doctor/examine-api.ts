// Looks after the running API that the configuration names, and the key for it.

import { z } from 'zod';
import { failed, ok, reasonOf, warning, type Finding } from './finding.ts';

const PATIENCE_MS = 5000;

const readiness = z.object({
  sources: z.array(z.object({ name: z.string(), healthy: z.boolean(), problem: z.string().nullable() })),
});
const problem = z.object({ code: z.string(), detail: z.string() });

export async function examineApi(url: string, key: string | null): Promise<readonly Finding[]> {
  try {
    return [...(await sourcesOf(url)), await keyOf(url, key)];
  } catch (error) {
    const reason = error instanceof Error && error.cause !== undefined ? reasonOf(error.cause) : reasonOf(error);
    return [failed('API', `${url} does not answer as ours does: ${reason}`, 'start it, or correct PAYSTRATA_API_URL')];
  }
}

async function sourcesOf(url: string): Promise<readonly Finding[]> {
  const answer = await ask(url, '/health/ready');
  const { sources } = readiness.parse(await answer.json());
  return [
    ok('API', `${url} answers`),
    ...sources.map(({ name, healthy, problem }) =>
      healthy
        ? ok(name, 'it answers')
        : failed(
            name,
            problem ?? 'it does not answer',
            'run `paystrata doctor` beside the server, with its configuration',
          ),
    ),
  ];
}

async function keyOf(url: string, key: string | null): Promise<Finding> {
  if (key === null) {
    const remedy = 'set PAYSTRATA_API_KEY to what `paystrata keys create` printed beside the server';
    return failed('API key', 'PAYSTRATA_API_KEY is not set', remedy);
  }
  const answer = await ask(url, '/v1/payments?limit=1', { authorization: `Bearer ${key}` });
  if (answer.ok) return ok('API key', 'it is valid');
  const { code, detail } = problem.parse(await answer.json());
  // An operator's key is valid, and names the organization with each request.
  if (code === 'organization_required') return ok('API key', "it is valid, an operator's: name the --organization");
  if (code === 'unauthorized') return failed('API key', detail, 'make another with `paystrata keys create`');
  return warning('API key', `${detail} (${code})`, 'docs/errors.md says what to do');
}

function ask(url: string, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(new URL(path, url), { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
}
