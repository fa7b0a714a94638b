// Where an installation of multi-source lives: what several processes of it share, and what each of them runs.

import { createHash } from 'node:crypto';
import {
  commandContext,
  createCommandBus,
  createEffectRunner,
  createSandboxGateway,
  createUuidV7Ids,
  silentLogger,
  systemClock,
  type CommandMap,
  type CommandType,
  type WriteResult,
} from '@paystrata/application';
import { acme } from '@paystrata/conformance/random-payments';
import { createPostgresKeyring } from '@paystrata/infra-sql';
import { createFilesSource } from '../../files/files-source.ts';
import { createMultiSourceStrategy } from '../../multi-source.ts';
import type { PaymentSource } from '../../ports/source.ts';
import { createRedisSource } from '../../redis/redis-source.ts';
import { createSearchEngineSource } from '../../search-engine/search-engine-source.ts';

/** Plain data: it is handed to other processes as JSON. */
export interface Place {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly searchUrl: string;
  readonly filesDir: string;
  /** Where the keys are: a process that stands still holds no lock there, as it may in a file. */
  readonly keyringUrl: string;
}

type SingleCommand = Exclude<CommandType, 'ImportPayments'>;

export interface PlaceOptions {
  /** Whether this process feeds the sources. */
  readonly background: boolean;
  /** What is done to each source. */
  readonly wrap?: (source: PaymentSource) => PaymentSource;
}

/** What one process runs: the strategy and every use case over it. Started; `stop` it. */
export async function openPlace(place: Place, { background, wrap = (source) => source }: PlaceOptions) {
  const clock = systemClock;
  const ids = createUuidV7Ids(clock);
  const keyring = await createPostgresKeyring({ url: place.keyringUrl });
  // Of their own for each place: servers are shared by tests.
  const prefix = `proof-${createHash('md5').update(place.filesDir).digest('hex').slice(0, 10)}`;
  const sources = [
    createRedisSource({ url: place.redisUrl, prefix }),
    createSearchEngineSource({ url: place.searchUrl, prefix, timeoutMs: 700 }),
    createFilesSource({ folder: place.filesDir, keyring }),
  ].map(wrap);
  const strategy = createMultiSourceStrategy({
    ...{ clock, ids, keyring, background, sources, memoryPayments: 0 },
    store: { kind: 'postgres', url: place.databaseUrl, poolSize: 6 },
    relay: { leaseSeconds: 1 },
    // What a source answers is to be seen, not what was kept of it.
    cache: { ttlSeconds: { get: 0, search: 0, suggestions: 0, statistics: 0, analytics: 0 } },
  });
  const effects = createEffectRunner({ strategy, gateway: createSandboxGateway(), clock, logger: silentLogger });
  const commands = createCommandBus({ strategy, effects, ids, clock, maxAmount: 10n ** 12n });
  await strategy.start();
  return {
    strategy,
    sources,
    send: <Type extends SingleCommand>(
      message: CommandMap[Type]['input'] & { readonly type: Type },
    ): Promise<WriteResult> => commands.execute<Type>(message, commandContext({ organizationId: acme }, ids)),
    stop: async () => {
      await effects.stop();
      await strategy.stop();
      await keyring.stop();
    },
  };
}

export type OpenPlace = Awaited<ReturnType<typeof openPlace>>;
