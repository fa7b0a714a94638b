// How bodies are read: JSON with no key that could poison an object, and nothing where nothing was sent.

import type { Api } from '../http/api.ts';

/** A command without fields may be sent with an empty body, whatever its type says. */
export function readBodies(app: Api): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'string' },
    (request, body, done) => {
      if (body.trim() === '') done(null, undefined);
      else void parse(request, body, done);
    },
  );
}
