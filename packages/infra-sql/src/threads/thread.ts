// A thread that is called like an object. Two files make one: a program, and who starts it.
//
//   // sums-program.ts: what runs in the thread
//   const handlers = { add: (a: number, b: number) => a + b };
//   export type Sums = typeof handlers;
//   serveCalls(handlers);
//
//   // sums.ts: what the rest of the code uses
//   const thread = new Thread<Sums>(programBeside(import.meta.url, 'sums-program'));
//   await thread.call('add', 1, 2);
//   await thread.stop();
//
// The program is found beside the file that starts it, as TypeScript source or as built JavaScript. Handlers may be
// async; calls are handed over in order. Nothing imports a program: it is known by `-program.ts`.

import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { unpackFailure, type Answer, type Call, type Handlers } from './messages.ts';

/** What a call fails with when its thread has ended: nobody knows how far it came. */
export class ThreadEnded extends Error {}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class Thread<Calls extends Handlers> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #ended: ThreadEnded | null = null;

  /** It starts at once and takes calls at once. It keeps the process alive only while a call is under way. */
  constructor(program: URL) {
    const isSource = extname(program.pathname) === '.ts';
    const execArgv = isSource ? ['--conditions=@paystrata/source', '--no-warnings'] : [];
    this.#worker = new Worker(program, { execArgv });
    this.#worker.unref();
    this.#worker.on('message', (answer: Answer) => this.#settle(answer));
    this.#worker.on('error', (cause: Error) =>
      this.#end(new ThreadEnded(`a thread failed: ${cause.message}`, { cause })),
    );
    this.#worker.on('exit', (code) => this.#end(new ThreadEnded(`a thread ended with exit code ${code}`)));
  }

  get hasEnded(): boolean {
    return this.#ended !== null;
  }

  /** @throws what the handler threw, port failures as such; or `ThreadEnded` */
  call<Name extends keyof Calls & string>(
    name: Name,
    ...args: Parameters<Calls[Name]>
  ): Promise<Awaited<ReturnType<Calls[Name]>>> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    const call: Call = { id: ++this.#last, name, args };
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(call.id, { resolve, reject }));
    if (this.#waiting.size === 1) this.#worker.ref();
    this.#worker.postMessage(call);
    // What comes back is what the handler of that name answered.
    return answer as Promise<Awaited<ReturnType<Calls[Name]>>>;
  }

  /** Ends it at once, whatever it does. */
  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('failure' in answer) waiting?.reject(unpackFailure(answer.failure));
    else waiting?.resolve(answer.value);
  }

  #end(error: ThreadEnded): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

/** @param here `import.meta.url` of who asks. @param name of the program's file, without its extension */
export function programBeside(here: string, name: string): URL {
  return new URL(`./${name}${extname(new URL(here).pathname)}`, here);
}
