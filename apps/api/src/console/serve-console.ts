// The web console at `/`: its one page and its files, under a policy that lets it talk to this host only.

import fastifyStatic from '@fastify/static';
import { consoleFolder, consolePages } from '@paystrata/console';
import { join } from 'node:path';
import type { Api } from '../http/api.ts';
import { securityHeaders } from '../server/security-headers.ts';

/** No script, style, image or request that is not of this host; nothing inline, no frame around it. */
const policy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

/** Files that the console's page asks for; their names change with their contents. */
export const consoleFiles = '/console/';

/** @returns whether there is a console: it is a package of its own, which has to be built. */
export async function serveConsole(app: Api): Promise<boolean> {
  const folder = consoleFolder();
  if (folder === null) return false;
  await app.register(fastifyStatic, {
    root: join(folder, 'console'),
    prefix: consoleFiles,
    decorateReply: true,
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
    index: false,
  });
  const headers = securityHeaders(policy);
  for (const url of consolePages) {
    app.get(url, { config: { isPublic: true }, schema: { hide: true } }, (_, reply) =>
      reply
        .headers(headers)
        .header('cache-control', 'no-cache')
        .sendFile('index.html', folder, { immutable: false, maxAge: 0 }),
    );
  }
  return true;
}
