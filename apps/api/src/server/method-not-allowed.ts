// An address that is there, but not with that method, is answered 405 with the methods that it has.

import type { HTTPMethods } from 'fastify';
import type { Api } from '../http/api.ts';
import { HttpProblem } from '../problems/http-problem.ts';

const methods: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

/**
 * Must be called before the routes are registered.
 *
 * @returns a function to be called after them.
 */
export function refuseOtherMethods(app: Api): () => void {
  const known = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method, schema }) => {
    if (schema?.hide === true) return;
    const all = known.get(url) ?? new Set<string>();
    for (const each of [method].flat()) all.add(each);
    known.set(url, all);
  });
  return () => {
    for (const [url, has] of [...known]) {
      const allow = [...has].sort().join(', ');
      const others = methods.filter((method) => !has.has(method));
      app.route({
        url,
        method: others,
        config: { isPublic: true },
        schema: { hide: true },
        handler: ({ method }) => {
          throw new HttpProblem('method_not_allowed', `there is no ${method} of this address`, { headers: { allow } });
        },
      });
    }
  };
}
