// What the program of a thread ends with: it answers calls, see `thread.ts`.

import { parentPort } from 'node:worker_threads';
import { packFailure, type Answer, type Call, type Handlers } from './messages.ts';

/** @throws Error where the program does not run in a thread */
export function serveCalls(handlers: Handlers): void {
  const port = parentPort;
  if (port === null) throw new Error('this program runs in a thread of another one');
  const answer = (message: Answer) => port.postMessage(message);
  port.on('message', (call: Call) => {
    valueOf(handlers, call).then(
      (value) => answer({ id: call.id, value }),
      (error: unknown) => answer({ id: call.id, failure: packFailure(error) }),
    );
  });
}

async function valueOf(handlers: Handlers, { name, args }: Call): Promise<unknown> {
  const handler = handlers[name];
  if (handler === undefined) throw new Error(`the thread has no handler ${name}`);
  // The types of the caller are those of the handlers.
  return handler(...(args as never[]));
}
