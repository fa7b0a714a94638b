// What stands beside the log in the same database.

import type {
  AggregateSnapshot,
  DeadLetter,
  NewDeadLetter,
  SnapshotStore,
  SubscriptionStore,
} from '@paystrata/application';
import { PortFailure, type JsonValue } from '@paystrata/application';
import { integer, text, type Row } from '../rows.ts';

export interface SqlCompanions {
  readonly subscriptions: SubscriptionStore;
  readonly snapshots: SnapshotStore;
  /** Finishes what is in flight, and closes the connections. */
  stop(): Promise<void>;
}

/** The part of a store of subscriptions that is about dead letters only. */
export type DeadLetters = Pick<SubscriptionStore, 'deadLetters' | 'firstDeadLetter' | 'removeDeadLetter'>;

export function deadLetterOf(row: Row): DeadLetter {
  return {
    subscription: text(row, 'subscription'),
    position: integer(row, 'position'),
    stream: text(row, 'stream'),
    error: text(row, 'error'),
    attempts: integer(row, 'attempts'),
    at: integer(row, 'at'),
  };
}

/** Neither database takes every text that JavaScript can hold. */
export function storable({ position, stream, error, attempts }: NewDeadLetter): NewDeadLetter {
  return { position, stream, error: error.toWellFormed().replaceAll('\0', '\ufffd'), attempts };
}

export function snapshotOf(row: Row): AggregateSnapshot {
  return {
    version: integer(row, 'version'),
    schemaVersion: integer(row, 'schema_version'),
    state: parseState(text(row, 'state')),
  };
}

function parseState(state: string): JsonValue {
  try {
    return JSON.parse(state) as JsonValue;
  } catch (cause) {
    throw new PortFailure('STORE_DAMAGED', 'a snapshot of an aggregate is not JSON: delete its row', { cause });
  }
}
