// Takes in the events of another log as they are: what a strategy cannot decide again, because it has happened.

import { evolveAll, type PaymentState } from '@paystrata/domain';
import type { PaymentKey, PendingEvent, RecordedEvent } from '../events/recorded-event.ts';
import { InvalidMessage, PortFailure } from '../ports/failures.ts';
import type { CommitEntry, CommitResult, PaymentStore } from '../ports/payment-store.ts';
import type { Adopt, Adopted } from '../ports/strategy.ts';
import { readStream } from './receipts.ts';

export interface AdoptionOptions {
  readonly store: Pick<PaymentStore, 'load' | 'commit' | 'readAll'>;
  /** Told of what was stored; must not throw. */
  readonly onCommitted?: (events: readonly RecordedEvent[]) => void;
}

/** Events of one payment that follow each other, also in the other log. */
type Run = readonly [PendingEvent, ...PendingEvent[]];

export function createAdoption({ store, onCommitted }: AdoptionOptions): Adopt {
  return async (events) => {
    const sum = { adopted: 0, known: 0 };
    for (const round of roundsOf(runsOf(events))) {
      const prepared = await Promise.all(round.map((run) => entryFor(store, run)));
      const entries = prepared.flatMap(({ entry }) => entry ?? []);
      const results = entries.length === 0 ? [] : await store.commit(entries);
      for (const [index, entry] of entries.entries()) requireCommitted(entry, results[index]);
      for (const { known, entry } of prepared) add(sum, { known, adopted: entry?.events.length ?? 0 });
      if (results.length > 0) onCommitted?.(results.flatMap((result) => eventsOf(result)));
    }
    return sum;
  };
}

function add(sum: { adopted: number; known: number }, { adopted, known }: Adopted): void {
  sum.adopted += adopted;
  sum.known += known;
}

function runsOf(events: readonly PendingEvent[]): readonly Run[] {
  const runs: [PendingEvent, ...PendingEvent[]][] = [];
  for (const event of events) {
    const last = runs.at(-1);
    if (last !== undefined && nameOf(last[0]) === nameOf(event)) last.push(event);
    else runs.push([event]);
  }
  return runs;
}

/** Cut where a payment comes again, so that each state is known before it is built upon; the order stays. */
function roundsOf(runs: readonly Run[]): readonly (readonly Run[])[] {
  const rounds: Run[][] = [];
  let names = new Set<string>();
  for (const run of runs) {
    const name = nameOf(run[0]);
    const round = rounds.at(-1);
    if (round !== undefined && !names.has(name)) round.push(run);
    else {
      rounds.push([run]);
      names = new Set();
    }
    names.add(name);
  }
  return rounds;
}

async function entryFor(store: AdoptionOptions['store'], run: Run) {
  const { organizationId, paymentId } = run[0];
  const key = { organizationId, paymentId };
  const { payment: state } = await store.load(key, null);
  const version = state?.version ?? 0;
  const known = run.filter((event) => event.version <= version);
  if (known.length > 0) requireSame(known, await readStream(store, key));
  const [first, ...more] = run.slice(known.length);
  return { known: known.length, entry: first === undefined ? null : newEntry(key, state, [first, ...more]) };
}

/** @throws InvalidMessage where events are missing, or are not those of one payment. */
function newEntry(key: PaymentKey, state: PaymentState, run: Run): CommitEntry {
  const expectedVersion = state?.version ?? 0;
  const [{ commandId }] = run;
  for (const [index, { version }] of run.entries()) {
    const expected = expectedVersion + index + 1;
    if (version !== expected) throw invalid(key, `has event ${version} where ${expected} must follow`);
  }
  const payment = fold(key, state, run);
  return { ...key, expectedVersion, commandId, payment, events: run.map((event) => ({ ...event, commandId })) };
}

function fold(key: PaymentKey, state: PaymentState, run: Run) {
  try {
    const payment = evolveAll(state, run);
    if (payment !== null) return payment;
  } catch (error) {
    throw invalid(key, error instanceof Error ? error.message : String(error));
  }
  throw new Error('a run without events');
}

/** @throws PortFailure `WRONG_EXPECTED_VERSION` where the payment has a history of its own. */
function requireSame(events: readonly PendingEvent[], stream: readonly RecordedEvent[]): void {
  const ids = new Map(stream.map(({ version, eventId }) => [version, eventId]));
  const other = events.find(({ version, eventId }) => ids.get(version) !== eventId);
  if (other !== undefined) throw foreign(other, other.version);
}

function requireCommitted(entry: CommitEntry, result: CommitResult | undefined): void {
  if (result?.outcome === 'committed' || result?.outcome === 'duplicate') return;
  if (result?.outcome === 'failed') throw result.failure;
  throw foreign(entry, entry.expectedVersion + 1);
}

function eventsOf(result: CommitResult): readonly RecordedEvent[] {
  return result.outcome === 'committed' ? (result.events ?? []) : [];
}

function nameOf({ organizationId, paymentId }: PaymentKey): string {
  return `${organizationId}/${paymentId}`;
}

function invalid(key: PaymentKey, what: string): InvalidMessage {
  return new InvalidMessage('event', [{ path: '', message: `payment ${nameOf(key)} ${what}` }]);
}

function foreign(key: PaymentKey, version: number): PortFailure {
  return new PortFailure(
    'WRONG_EXPECTED_VERSION',
    `payment ${nameOf(key)} has another event ${version} than the one to be taken in: the histories differ`,
    { details: { version } },
  );
}
