// One run of the command: its configuration, read when first needed, and the client it opens and always closes.

import { parseOrganizationId, type OrganizationId } from '@paystrata/application';
import { loadConfig, type Config } from '@paystrata/composition';
import type { Client } from './client/client.ts';
import { openHttpClient } from './client/http/open-http-client.ts';
import { openInProcess } from './client/in-process/open-in-process.ts';
import { exitCodes, type ExitCode } from './errors/exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** The organization of a store opened in process, where none is named: the one that `serve` makes its first key for. */
const DEFAULT_ORGANIZATION = 'demo';

export interface Session {
  readonly terminal: Terminal;
  /** @throws ConfigInvalid */
  config(): Config;
  /** Opens the configured store, or the API where one is named, and closes it whatever happens. */
  withClient<Result>(
    organization: OrganizationId | undefined,
    use: (client: Client) => Promise<Result>,
  ): Promise<Result>;
  /** How the run ends where nothing is thrown. */
  exitCode: ExitCode;
}

export function createSession(terminal: Terminal): Session {
  let config: Config | undefined;
  const session: Session = {
    terminal,
    exitCode: exitCodes.ok,
    config: () => (config ??= loadConfig({ env: terminal.env, cwd: terminal.cwd })),
    async withClient(organization, use) {
      const client = await openClient(session, organization ?? null);
      try {
        return await use(client);
      } finally {
        await client.close();
      }
    },
  };
  return session;
}

async function openClient(session: Session, organization: OrganizationId | null): Promise<Client> {
  const config = session.config();
  const { apiUrl, apiKey } = config.client;
  if (apiUrl !== null) return openHttpClient({ url: apiUrl, key: apiKey, organization, stop: session.terminal.stop });
  const client = await openInProcess(config, organization ?? defaultOrganization());
  if (!client.durable) {
    session.terminal.note(
      `warning: ${client.name} keeps payments in memory only: nothing of this survives the command`,
    );
  }
  return client;
}

function defaultOrganization(): OrganizationId {
  const id = parseOrganizationId(DEFAULT_ORGANIZATION);
  if (id === undefined) throw new Error(`not the id of an organization: ${DEFAULT_ORGANIZATION}`);
  return id;
}
