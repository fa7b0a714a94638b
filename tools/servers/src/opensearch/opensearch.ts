// A real OpenSearch 2.18 for tests, one node.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DataFolderOptions, makeDataFolder } from '../process/data-folder.ts';
import { onFreePort } from '../process/on-free-port.ts';
import { type ServerControl, controlGiven, givenBy, startOwn } from '../server-control.ts';
import { oneNodeProgram } from './one-node.ts';
import { openSearchJars } from './opensearch-jars.ts';

/** A server of the user's own, OpenSearch or Elasticsearch. */
export const searchVariable = 'PAYSTRATA_TEST_SEARCH_URL';

/** How the server is started. */
export interface OpenSearchOptions extends DataFolderOptions {
  /** Start one of our own even if `PAYSTRATA_TEST_SEARCH_URL` gives one: for tests that kill it. Default false. */
  readonly own?: boolean | undefined;
  /** Heap of the Java machine, in megabytes. Default 512. */
  readonly heapMegabytes?: number | undefined;
}

/** A running OpenSearch. */
export interface OpenSearchServer extends ServerControl {
  readonly url: string;
}

/**
 * Gives the server of `PAYSTRATA_TEST_SEARCH_URL`, else starts one on a free port of 127.0.0.1 in about ten seconds.
 * A given one is shared with others: keep to indexes of your own. Resolves when all its indexes can be read and written.
 * @throws ServerProgramMissing, ServerStartFailed
 */
export async function startOpenSearch(options: OpenSearchOptions = {}): Promise<OpenSearchServer> {
  const given = givenBy(searchVariable, options.own);
  if (given !== undefined) return useGiven(given);
  const jars = await openSearchJars();
  const folder = makeDataFolder('opensearch', options);
  try {
    const program = join(folder.path, 'one-node.java');
    writeFileSync(program, oneNodeProgram);
    const heap = options.heapMegabytes ?? 512;
    const java = [`-Xms${heap}m`, `-Xmx${heap}m`, '-cp', join(jars, '*'), program];
    return await onFreePort(async (port) => {
      const url = `http://127.0.0.1:${port}`;
      const control = await startOwn(
        {
          name: 'OpenSearch',
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

async function useGiven(url: string): Promise<OpenSearchServer> {
  if (!(await isReady(url))) throw new Error(`the search server of ${searchVariable} is not healthy`);
  return Object.assign(
    controlGiven('OpenSearch', searchVariable, () => Promise.resolve()),
    { url },
  );
}
