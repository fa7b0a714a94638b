// Which requests a process serves: its role lets commands, queries and background work be scaled apart.

import type { AccessScope } from '@paystrata/application';
import type { Config } from '@paystrata/composition';
import { HttpProblem } from '../problems/http-problem.ts';
import type { Api } from './api.ts';

type Role = Config['server']['role'];

/** Health, metrics, documents and the storage itself are answered by every role. */
export function serveByRole(app: Api, role: Role): void {
  if (role === 'all') return;
  app.addHook('onRequest', async (request) => {
    const { config, url = '' } = request.routeOptions;
    if (request.is404 || config.scope === undefined || url.startsWith('/v1/storage')) return;
    const work = workOf(config.scope);
    if (work === role) return;
    throw new HttpProblem(
      'wrong_role',
      `this process has the role "${role}": send a ${work} to one with the role "${work}" or "all"`,
    );
  });
}

/** What reads is a query, whatever its method; no command needs less than the scope to write. */
function workOf(scope: AccessScope): 'command' | 'query' {
  return scope === 'read' ? 'query' : 'command';
}
