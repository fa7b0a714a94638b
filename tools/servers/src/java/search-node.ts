// One node of a search server written in Java, started from the source of a small program.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DataFolderOptions, makeDataFolder } from '../process/data-folder.ts';
import { onFreePort } from '../process/on-free-port.ts';
import { type ServerControl, controlGiven, givenBy, startOwn } from '../server-control.ts';

/** How the server is started. */
export interface SearchNodeOptions extends DataFolderOptions {
  /** Start one of our own even if the environment gives one: for tests that kill it. Default false. */
  readonly own?: boolean | undefined;
  /** Heap of the Java machine, in megabytes. Default 512. */
  readonly heapMegabytes?: number | undefined;
}

/** A running search server. */
export interface SearchNode extends ServerControl {
  readonly url: string;
}

export interface SearchNodePlan {
  readonly name: string;
  /** Text of a Java program; its arguments are the HTTP port and the data folder. */
  readonly program: string;
  readonly jars: () => Promise<string>;
  /** The environment variable that gives a server. */
  readonly variable: string;
}

/** Resolves when all its indexes can be read and written. @throws ServerProgramMissing, ServerStartFailed */
export async function startSearchNode(plan: SearchNodePlan, options: SearchNodeOptions): Promise<SearchNode> {
  const { name, variable } = plan;
  const given = givenBy(variable, options.own);
  if (given !== undefined) return useGiven(name, variable, given);
  const jars = await plan.jars();
  const folder = makeDataFolder(name.toLowerCase(), options);
  try {
    const program = join(folder.path, 'one-node.java');
    writeFileSync(program, plan.program);
    const heap = options.heapMegabytes ?? 512;
    const java = [`-Xms${heap}m`, `-Xmx${heap}m`, '-cp', join(jars, '*'), program];
    return await onFreePort(async (port) => {
      const url = `http://127.0.0.1:${port}`;
      const control = await startOwn(
        {
          name,
          command: 'java',
          args: [...java, String(port), join(folder.path, 'data')],
          folder: folder.path,
          logFile: join(folder.path, 'server.log'),
          stopSignal: 'SIGTERM',
          discardSignal: 'SIGKILL',
          answers: () => isReady(url),
          readyWithinMs: 120_000,
        },
        folder,
      );
      return Object.assign(control, { url });
    });
  } catch (error) {
    folder.remove();
    throw error;
  }
}

// Yellow: every index has its primary. It never gets green, as one node holds no copies.
async function isReady(url: string): Promise<boolean> {
  const asked = new URL('/_cluster/health?wait_for_status=yellow&timeout=1s', url);
  const answer = await fetch(asked, { signal: AbortSignal.timeout(5_000) });
  await answer.body?.cancel();
  return answer.ok;
}

async function useGiven(name: string, variable: string, url: string): Promise<SearchNode> {
  if (!(await isReady(url))) throw new Error(`the search server of ${variable} is not healthy`);
  return Object.assign(
    controlGiven(name, variable, () => Promise.resolve()),
    { url },
  );
}
