// The headers by which browsers keep what we serve apart from everything else: made once a policy, not once an answer.

import helmet from 'helmet';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Api } from '../http/api.ts';

type Policy = Exclude<NonNullable<Parameters<typeof helmet>[0]>['contentSecurityPolicy'], boolean | undefined>;
type SecurityHeaders = Readonly<Record<string, string>>;

/** Answers are data: a browser that shows one loads nothing for it. Pages bring their own policy. */
const nothingToLoad: Policy = {
  useDefaults: false,
  directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
};

/** What helmet says to every request under the policy. */
export function securityHeaders(contentSecurityPolicy: Policy): SecurityHeaders {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  helmet({ contentSecurityPolicy })(request, response, (error) => {
    if (error !== undefined) throw new Error('helmet refuses the policy', { cause: error });
  });
  return Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]));
}

/** On every answer, refusals too; a route that sets one of them itself has the last word. */
export function keepApart(app: Api): void {
  const headers = securityHeaders(nothingToLoad);
  app.addHook('onRequest', (_, reply, done) => {
    void reply.headers(headers);
    done();
  });
}
