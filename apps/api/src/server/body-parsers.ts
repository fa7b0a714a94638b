// How bodies are read: JSON of a bearable shape with no key that could poison an object, and nothing where nothing was sent.

import type { Api } from '../http/api.ts';
import { HttpProblem } from '../problems/http-problem.ts';
import { excessOf } from './json-shape.ts';

/** A command without fields may be sent with an empty body, whatever its type says. */
export function readBodies(app: Api): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'string' },
    (request, body, done) => {
      const excess = excessOf(body);
      if (excess !== null) done(new HttpProblem('malformed_json', `the body ${excess}`));
      else if (body.trim() === '') done(null, undefined);
      else void parse(request, body, done);
    },
  );
}
