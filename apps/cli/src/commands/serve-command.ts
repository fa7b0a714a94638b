// serve: the API, until it is told to end

import { compose, type Config } from '@paystrata/composition';
import { UsageError } from '../errors/usage-error.ts';
import type { Command } from '@commander-js/extra-typings';
import type { Session } from '../session.ts';
import { examples } from './examples.ts';

export function addServeCommand(program: Command, session: Session): void {
  program
    .command('serve')
    .description('serve the API on the configured store; the first time, it makes a key and prints it')
    .addHelpText('after', examples('serve'))
    .action(() => serve(session, session.config()));
}

/** Ctrl-C finishes the requests in flight; that is a good end. */
export async function serve({ terminal }: Session, config: Config): Promise<void> {
  // Only here, because the web server takes as long to load as all the rest of the command.
  const { startServer } = await import('@paystrata/api');
  const composition = await compose(config, { logTo: 'stderr' });
  const server = await startServer(composition).catch(async (error: unknown) => {
    await composition.stop();
    throw portTaken(error, config.server) ?? error;
  });
  try {
    const { firstKey, url, hasConsole } = server;
    if (!composition.strategy.capabilities.durable) {
      terminal.note(`warning: ${composition.strategy.name} keeps payments in memory only: they are lost when it ends`);
    }
    const console = hasConsole ? `the console is at ${url}/, ` : '';
    await terminal.print(`serving ${composition.strategy.name} on ${url}; ${console}the documentation at ${url}/docs`);
    if (firstKey !== null) {
      await terminal.print(`a key for the organization ${firstKey.organizationId}, shown this once: ${firstKey.key}`);
    }
    await stopAsked(terminal.stop);
    terminal.note('finishing what is in flight');
  } finally {
    await server.stop();
  }
}

async function stopAsked(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  stop.addEventListener('abort', () => resolve(), { once: true });
  await promise;
}

function portTaken(
  error: unknown,
  { host, port }: { readonly host: string; readonly port: number },
): UsageError | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  if (error.code === 'EADDRINUSE') {
    return new UsageError(
      `${host}:${port} is taken by another program`,
      'set PAYSTRATA_PORT to a free port, or end it',
      error,
    );
  }
  if (error.code === 'EACCES')
    return new UsageError(`${host}:${port} may not be opened`, 'choose a port above 1023', error);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new UsageError(`${host} is no address of this machine`, 'set PAYSTRATA_HOST, such as 127.0.0.1', error);
  }
  return null;
}
