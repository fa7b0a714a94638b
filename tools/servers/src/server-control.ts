// What every test server offers its test, whether we run it or the environment gave it.

import type { DataFolder } from './process/data-folder.ts';
import { logTail } from './process/log-tail.ts';
import type { ServerPlan } from './process/launch.ts';
import { ServerProcess } from './process/server-process.ts';
import { ServerNotOurs } from './server-failure.ts';

/** Stops, kills and holds a server. Methods are to be called one after the other. */
export interface ServerControl {
  /** True when the environment gave the server; then the fault methods throw `ServerNotOurs`. */
  readonly external: boolean;
  /** The id of the server's first process; `undefined` while it does not run, or when it is not ours. */
  readonly pid: number | undefined;
  /** Folder with its data and log; `undefined` when it is not ours. */
  readonly folder: string | undefined;
  /** Ends the server and removes its temporary folder. May be called twice. */
  stop(): Promise<void>;
  /** Kills the server with all its children by SIGKILL; its data stay. @throws ServerNotOurs */
  kill9(): Promise<void>;
  /** Starts it anew on the same data and port, after an orderly end if it runs. @throws ServerNotOurs, ServerStartFailed */
  restart(): Promise<void>;
  /** Holds the server still by SIGSTOP, connections stay open. @throws ServerNotOurs */
  suspend(): void;
  /** Lets a suspended server go on. @throws ServerNotOurs */
  resume(): void;
  /** The end of the server's log, for messages. */
  logTail(lines?: number): string;
  /** The same as `stop`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** The server that an environment variable gives, unless the caller wants one of its own. */
export function givenBy(variable: string, own: boolean | undefined): string | undefined {
  const given = process.env[variable];
  return own === true || given === '' ? undefined : given;
}

/** Starts a server that we run. @throws ServerStartFailed; the folder is left to the caller then. */
export async function startOwn(plan: ServerPlan, folder: DataFolder): Promise<ServerControl> {
  const server = new ServerProcess(plan);
  await server.start();
  const stop = async (): Promise<void> => {
    await (folder.kept ? server.stop() : server.discard());
    folder.remove();
  };
  return {
    external: false,
    get pid() {
      return server.pid;
    },
    folder: folder.path,
    stop,
    kill9: () => server.kill9(),
    restart: async () => {
      await server.stop();
      await server.start();
    },
    suspend: () => server.suspend(),
    resume: () => server.resume(),
    logTail: (lines) => logTail(plan.logFile, lines),
    [Symbol.asyncDispose]: stop,
  };
}

/** The control of a server that the environment variable gave: `release` is all that `stop` does. */
export function controlGiven(name: string, variable: string, release: () => Promise<void>): ServerControl {
  const refuse = (): never => {
    throw new ServerNotOurs(name, variable);
  };
  return {
    external: true,
    pid: undefined,
    folder: undefined,
    stop: release,
    kill9: () => Promise.reject(new ServerNotOurs(name, variable)),
    restart: () => Promise.reject(new ServerNotOurs(name, variable)),
    suspend: refuse,
    resume: refuse,
    logTail: () => 'Its log is not ours to read.',
    [Symbol.asyncDispose]: release,
  };
}
