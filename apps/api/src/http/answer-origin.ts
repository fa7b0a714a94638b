// Tells with each answer which source gave it, on strategies that have several.

import type { AnswerOrigin } from '@paystrata/application';
import type { Api } from './api.ts';

const origins = new WeakMap<object, AnswerOrigin>();

export function noteOrigin(request: object, origin: AnswerOrigin): void {
  origins.set(request, origin);
}

/** `Paystrata-Source: redis; position=1234`: the answer contains the log up to that position. */
export function tellOrigins(app: Api): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const origin = origins.get(request);
    if (origin !== undefined) void reply.header('paystrata-source', `${origin.source}; position=${origin.position}`);
    done(null, payload);
  });
}
