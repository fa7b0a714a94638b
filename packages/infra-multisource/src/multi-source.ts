// multi-source: SQL is the record, other sources stand beside it, fed by a relay and asked by a router.

import {
  combineMaintenance,
  PortFailure,
  strategyFromStore,
  type DeadLetter,
  type Health,
  type Ids,
  type PaymentStore,
  type Strategy,
} from '@paystrata/application';
import { catchUp } from './catch-up.ts';
import type { DeadLetterBox } from './maintenance/dead-letters.ts';
import { createSourceMaintenance } from './maintenance/source-maintenance.ts';
import { measurementsOf } from './measurements.ts';
import { multiSourceOptionsSchema, type MultiSourceOptions } from './options.ts';
import { MultiSourceParts, type BesideSource, type Surroundings } from './parts.ts';
import { eventTexts } from './relay/event-texts.ts';
import type { Relay, RelayStatus } from './relay/relay.ts';

export interface MultiSourceDependencies extends MultiSourceOptions, Surroundings {
  readonly ids: Ids;
}

/** What an operator can do about what a source refused. */
export interface SourceControl {
  readonly name: string;
  status(): RelayStatus;
  /** Events that the source refuses, and later ones of their payments, in the order of positions. */
  deadLetters(after?: number, limit?: number): Promise<readonly DeadLetter[]>;
  /** Brings the event to the source once more, and forgets the dead letter where that succeeds. */
  replay(position: number): Promise<void>;
  discard(position: number): Promise<void>;
}

/** The strategy, with what an operator needs beside the ports. */
export interface MultiSourceStrategy extends Strategy {
  /** Of the sources beside SQL; empty before it is started. */
  readonly sources: () => readonly SourceControl[];
}

/** Whether a strategy, such as that of a composition, is this one. */
export function isMultiSource(strategy: Strategy): strategy is MultiSourceStrategy {
  return 'sources' in strategy;
}

const capabilities = Object.freeze({
  durable: true,
  reads: 'eventual',
  globalOrder: 'commit',
  effects: 'runner',
} as const);

/**
 * A strategy that is not started yet; nothing is opened before.
 *
 * @throws ZodError where an option is not what the schema says; PortFailure `CONFIG_INVALID` for two sources of one name
 */
export function createMultiSourceStrategy(dependencies: MultiSourceDependencies): MultiSourceStrategy {
  const { clock, ids, keyring, logger, background, answers, sources, onAccess, ...options } = dependencies;
  const surroundings = { clock, keyring, logger, background, answers, sources, onAccess };
  const parts = new MultiSourceParts(multiSourceOptionsSchema.parse(options), surroundings);
  const { record } = parts;
  const strategy = strategyFromStore(
    { store: measuredStore(parts), ids, clock, onCommitted: (events) => parts.committed(events) },
    {
      read: parts.read,
      log: record.reads.log,
      maintenance: maintenanceOf(parts),
      health: () => healthOf(parts),
      measure: () => measurementsOf(parts),
    },
  );
  return {
    ...strategy,
    sources: () => parts.beside.flatMap(({ relay }) => (relay === null ? [] : [controlOf(relay)])),
    start: () => parts.start(),
    stop: () => parts.stop(),
  };
}

/** Commands are counted where they are waited for. */
function measuredStore({ record: { store }, sql }: MultiSourceParts): PaymentStore {
  return {
    name: 'multi-source',
    capabilities,
    start: () => store.start(),
    stop: () => store.stop(),
    epoch: () => store.epoch(),
    load: (key, commandId) => store.load(key, commandId),
    commit: (entries) => sql.gauge.measure('write', 'commit', async () => store.commit(entries)),
    readAll: (request) => store.readAll(request),
  };
}

function maintenanceOf(parts: MultiSourceParts) {
  const { record, clock } = parts;
  const { store, reads } = record;
  const head = () => store.head();
  const sources = createSourceMaintenance({
    sources: parts.beside.map((beside) => ({ ...beside, letters: lettersOf(beside) })),
    clock,
    log: { readAll: (request) => store.readAll(request), texts: (events) => eventTexts(store, events) },
    record: {
      head,
      document: (key) => store.document(key),
      documents: (organizationId, from, limit) => reads.documents.of(organizationId, from, limit),
      organizations: () => reads.documents.organizations(),
    },
    catchUp: async (source, how) => {
      const beside = parts.beside.find((each) => each.source === source);
      if (beside !== undefined) await catchUp(beside, { head, clock }, how);
    },
  });
  return combineMaintenance('multi-source', [record.maintenance, sources]);
}

/** None before it is started. */
function lettersOf(beside: BesideSource): DeadLetterBox {
  return {
    list: async (after, limit) => beside.relay?.deadLetters(after, limit) ?? [],
    replay: async (position) => beside.relay?.replay(position),
  };
}

/** Without the sources beside it, it is healthy all the same: SQL answers. */
async function healthOf({ sql, beside }: MultiSourceParts): Promise<Health> {
  const problem = await sql.check().then(
    () => null,
    (error: unknown) => (error instanceof PortFailure ? error.message : String(error)),
  );
  // Whoever asks right after the start is told how they are, and not that nobody knows yet.
  const unknown = beside.filter(({ watched }) => !watched.wasAsked);
  await Promise.all(unknown.map(({ watched }) => watched.check().catch(() => null)));
  const others = beside.map(({ source: { name }, watched, relay }) => {
    const wrong = watched.problem ?? relay?.status().problem ?? null;
    return { name, healthy: wrong === null, problem: wrong };
  });
  return { healthy: problem === null, sources: [{ name: 'sql', healthy: problem === null, problem }, ...others] };
}

function controlOf(relay: Relay): SourceControl {
  return {
    name: relay.name,
    status: () => relay.status(),
    deadLetters: (after, limit) => relay.deadLetters(after, limit),
    replay: (position) => relay.replay(position),
    discard: (position) => relay.discard(position),
  };
}
