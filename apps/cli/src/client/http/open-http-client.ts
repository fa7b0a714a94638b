// A client of a running API.

import type { EventView, OrganizationId } from '@paystrata/application';
import { CommandError } from '../../errors/command-error.ts';
import type { Client, QueryOf } from '../client.ts';
import { UsageError } from '../../errors/usage-error.ts';
import { executeCommand } from './commands.ts';
import { connect, type Connection } from './connection.ts';
import { followApi } from './follow.ts';
import { referenceFinder, rowImporter } from './import-rows.ts';
import { maintain } from './maintain.ts';
import { askApi } from './queries.ts';
import { readBody } from './read-answer.ts';
import { storage } from './wire-schemas.ts';

export interface HttpClientOptions {
  readonly url: string;
  readonly key: string | null;
  /** Named with each request; null: that of the key. */
  readonly organization: OrganizationId | null;
  readonly stop: AbortSignal;
}

/** Requests with rows that may be under way at a time. */
const IMPORTS_IN_FLIGHT = 4;

/** Nothing is sent before something is asked for. @throws CommandError `unauthorized` without a key. */
export function openHttpClient({ url, key, organization, stop }: HttpClientOptions): Client {
  if (key === null) {
    throw new CommandError('unauthorized', 'PAYSTRATA_API_URL is set, but PAYSTRATA_API_KEY is not', {
      hint: 'set it to a key that `paystrata keys create` printed beside the server',
    });
  }
  const connection = connect({ url, key, organization, stop });
  return {
    name: `the API at ${url}`,
    durable: true,
    maxAmount: null,
    importsInFlight: IMPORTS_IN_FLIGHT,
    execute: (command, options = {}) => executeCommand(connection, command, options),
    ask: (query) => askApi(connection, query),
    importRows: rowImporter(connection),
    findReferences: referenceFinder(connection),
    follow: (signal) => followApi(connection, signal),
    log: (every) => logOf(connection, every),
    adopt: async () =>
      Promise.reject(new UsageError('events are imported where the store is', 'unset PAYSTRATA_API_URL')),
    storage: async () => readBody(storage, await connection.send({ method: 'GET', path: '/v1/storage' })),
    maintain: (action, target, watch) => maintain(connection, action, target, watch),
    close: async () => undefined,
  };
}

/** @throws UsageError for every organization: a key opens one at a time. */
async function* logOf(connection: Connection, everyOrganization: boolean): AsyncGenerator<EventView> {
  if (everyOrganization) throw new UsageError('--all needs the store in this process', 'unset PAYSTRATA_API_URL');
  let cursor: string | null = null;
  do {
    const query: QueryOf<'SearchEvents'> = { type: 'SearchEvents', descending: false, limit: 100, cursor };
    const page = await askApi(connection, query);
    yield* page.data;
    cursor = page.next;
  } while (cursor !== null);
}
