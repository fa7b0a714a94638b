// The API's document, taken apart for tests.

import type { ApiUnderTest } from './api-under-test.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  /** Empty: public. */
  readonly security?: readonly unknown[];
  readonly responses: Readonly<Record<string, unknown>>;
}

export interface DocumentedOperation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';
  readonly path: string;
  readonly operation: Operation;
}

export interface Document {
  readonly openapi: string;
  readonly text: string;
  readonly operations: readonly DocumentedOperation[];
  readonly schemas: Readonly<Record<string, unknown>>;
}

interface Raw {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

export async function documentOf({ app }: Pick<ApiUnderTest, 'app'>): Promise<Document> {
  const { body } = await app.inject('/openapi.json');
  const { openapi, paths, components } = JSON.parse(body) as Raw;
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: methodOf(method), path, operation })),
  );
  return { openapi, text: body, operations, schemas: components.schemas };
}

function methodOf(text: string): DocumentedOperation['method'] {
  const found = (['GET', 'POST', 'PATCH', 'DELETE', 'PUT'] as const).find((method) => method === text.toUpperCase());
  if (found === undefined) throw new Error(`no method of ours: ${text}`);
  return found;
}
