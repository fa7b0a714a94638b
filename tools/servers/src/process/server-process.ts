// One running server: started, awaited until it answers, stopped, killed, started again on the same data, or held
// still for a while. It knows no particular server; those describe themselves by a `ServerPlan`.

import type { ChildProcess } from 'node:child_process';
import { ServerStartFailed } from '../server-failure.ts';
import { waitUntil } from '../wait-until.ts';
import { type ServerPlan, hasEnded, launch } from './launch.ts';
import { logTail } from './log-tail.ts';
import { isAlive, killTree, resumeTree, suspendTree } from './process-tree.ts';

/** A server that we run. Its methods are to be called one after the other. */
export class ServerProcess {
  readonly #plan: ServerPlan;
  #child: ChildProcess | undefined;

  constructor(plan: ServerPlan) {
    this.#plan = plan;
  }

  /** The id of the server's first process, `undefined` while it does not run. */
  get pid(): number | undefined {
    return this.#child !== undefined && hasEnded(this.#child) ? undefined : this.#child?.pid;
  }

  /**
   * Starts the server and resolves when it answers.
   * @throws ServerStartFailed with the tail of its log when it ends or does not answer in time; it is killed then.
   */
  async start(): Promise<void> {
    const { name, answers, readyWithinMs } = this.#plan;
    const child = launch(this.#plan);
    this.#child = child;
    let notStarted: Error | undefined;
    child.once('error', (error) => (notStarted = error));
    const giveUp = (): void => {
      if (notStarted !== undefined) throw notStarted;
      if (hasEnded(child)) throw new Error(`it ended with ${child.signalCode ?? `exit code ${child.exitCode}`}`);
    };
    try {
      await waitUntil(`${name} to answer`, answers, { timeoutMs: readyWithinMs, giveUp });
      giveUp();
    } catch (cause) {
      await this.kill9();
      throw new ServerStartFailed(`${name} did not start: ${reasonOf(cause)}\n${logTail(this.#plan.logFile)}`, {
        cause,
      });
    }
  }

  /** Asks the server to end and resolves when it has; one that does not within 10 s is killed. */
  stop(): Promise<void> {
    return this.#end(this.#plan.stopSignal);
  }

  /** The same for a server whose data nobody will read again. */
  discard(): Promise<void> {
    return this.#end(this.#plan.discardSignal);
  }

  /** Kills the server with all its children (SIGKILL) and resolves when the last has ended. */
  async kill9(): Promise<void> {
    const child = this.#child;
    if (child?.pid === undefined || hasEnded(child)) return;
    const killed = killTree(child.pid);
    await waitUntil(`${this.#plan.name} to be gone`, () => hasEnded(child) && !killed.some(isAlive));
  }

  /** Holds the server with all its children still (SIGSTOP): connections stay open, nothing answers. */
  suspend(): void {
    if (this.pid !== undefined) suspendTree(this.pid);
  }

  /** Lets a suspended server go on. */
  resume(): void {
    if (this.pid !== undefined) resumeTree(this.pid);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child?.pid === undefined || hasEnded(child)) return;
    resumeTree(child.pid);
    child.kill(signal);
    try {
      await waitUntil(`${this.#plan.name} to end`, () => hasEnded(child));
    } catch {
      await this.kill9();
    }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
