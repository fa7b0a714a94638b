// Where an installation of the event-sourced strategy lives: what several processes of it share.

import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  commandContext,
  createCommandBus,
  createEffectRunner,
  createSandboxGateway,
  createUuidV7Ids,
  parseOrganizationId,
  PortFailure,
  silentLogger,
  systemClock,
  type Clock,
  type CommandContext,
  type CommandMap,
  type CommandType,
  type WriteResult,
} from '@paystrata/application';
import { createSqliteLedger } from '@paystrata/infra-sql';
import { createEventSourcedStrategy } from '../../event-sourced.ts';

/** Plain data: it is handed to other processes as JSON. */
export interface Place {
  readonly store:
    | { readonly kind: 'sqlite'; readonly path: string }
    | { readonly kind: 'postgres'; readonly url: string; readonly poolSize: number };
  readonly keyringPath: string;
  /** The sandbox gateway's own books: a file of their own, whatever the store is. */
  readonly ledgerPath: string;
}

/** @throws Error where a test expected a value and there is none. */
export function known<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the test expected a value here');
  return value;
}

export const acme = known(parseOrganizationId('acme'));

/** A folder of its own; with a URL, the log is in that database. */
export function makePlace(url: string | null = null): { readonly place: Place; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-proof-'));
  return {
    place: {
      store:
        url === null ? { kind: 'sqlite', path: join(folder, 'journal.db') } : { kind: 'postgres', url, poolSize: 8 },
      keyringPath: join(folder, 'keyring.db'),
      ledgerPath: join(folder, 'gateway.db'),
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

type SingleCommand = Exclude<CommandType, 'ImportPayments'>;

/** What one process runs: the strategy and every use case over it. Started; `stop` it. */
export async function openPlace(place: Place, clock: Clock = systemClock) {
  const ids = createUuidV7Ids(clock);
  const strategy = createEventSourcedStrategy({ clock, ids, store: place.store, keyringPath: place.keyringPath });
  const ledger = createSqliteLedger(place.ledgerPath);
  const gateway = createSandboxGateway(ledger);
  const effects = createEffectRunner({ strategy, gateway, clock, logger: silentLogger });
  const commands = createCommandBus({ strategy, effects, ids, clock, maxAmount: 10n ** 12n });
  await strategy.start();
  return {
    strategy,
    ledger,
    effects,
    ids,
    clock,
    send: <Type extends SingleCommand>(
      message: CommandMap[Type]['input'] & { readonly type: Type },
      context: Partial<CommandContext> = {},
    ): Promise<WriteResult> =>
      commands.execute<Type>(message, commandContext({ organizationId: acme, ...context }, ids)),
    stop: async () => {
      await effects.stop();
      await strategy.stop();
      await ledger.stop();
    },
  };
}

/** As `openPlace`, for a process that may be started while the server is down. */
export async function openPatiently(place: Place, clock: Clock = systemClock) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await openPlace(place, clock);
    } catch (error) {
      if (!(error instanceof PortFailure) || !error.retryable || attempt === 100) throw error;
      await systemClock.sleep(100);
    }
  }
}

export type OpenPlace = Awaited<ReturnType<typeof openPlace>>;
