// A store for the tests of this package: an array, and a way to make the next commits go wrong.

import type { PaymentKey, RecordedEvent } from '../events/recorded-event.ts';
import type { CommitEntry, CommitResult, LogRequest, PaymentStore } from '../ports/payment-store.ts';
import { evolveAll } from '@paystrata/domain';

/** Takes the place of the next commit; `commit` is what the store would have done. */
type Fault = (
  entries: readonly CommitEntry[],
  commit: () => readonly CommitResult[],
) => readonly CommitResult[] | Promise<readonly CommitResult[]>;

export interface ArrayStore extends PaymentStore {
  readonly events: readonly RecordedEvent[];
  /** Faults are used up one a commit, in order. */
  readonly faults: Fault[];
}

export function createArrayStore(): ArrayStore {
  const events: RecordedEvent[] = [];
  const faults: Fault[] = [];
  const streamOf = (key: PaymentKey) =>
    events.filter((event) => event.organizationId === key.organizationId && event.paymentId === key.paymentId);

  function commitOne(entry: CommitEntry): CommitResult {
    const stream = streamOf(entry);
    const known = stream.findLast((event) => event.commandId === entry.commandId);
    if (known !== undefined) return { outcome: 'duplicate', version: known.version, position: known.position };
    if (stream.length !== entry.expectedVersion) return { outcome: 'wrong_version', actualVersion: stream.length };
    for (const event of entry.events) events.push({ ...event, position: events.length + 1 });
    return { outcome: 'committed', position: events.length };
  }

  return {
    name: 'array',
    capabilities: { durable: false, reads: 'immediate', globalOrder: 'commit', effects: 'runner' },
    events,
    faults,
    start: async () => undefined,
    stop: async () => undefined,
    epoch: () => 'array-1',
    load: async (key, commandId) => {
      const stream = streamOf(key);
      const known = stream.findLast((event) => event.commandId === commandId);
      return { payment: evolveAll(null, stream), appliedVersion: known?.version ?? null };
    },
    commit: async (entries) => {
      const commit = () => entries.map(commitOne);
      const fault = faults.shift();
      return fault === undefined ? commit() : fault(entries, commit);
    },
    readAll: async (request: LogRequest) => {
      const { direction, from, limit, organizationId, paymentId } = request;
      const forward = direction === 'forward';
      const ahead = events.filter(({ position }) => from === null || (forward ? position > from : position < from));
      const ordered = forward ? ahead : ahead.toReversed();
      const found = ordered.filter(
        (event) =>
          (organizationId === undefined || event.organizationId === organizationId) &&
          (paymentId === undefined || event.paymentId === paymentId),
      );
      const page = found.slice(0, limit);
      const end = found.length <= limit;
      const last = end ? ordered.at(-1) : page.at(-1);
      return { events: page, next: last?.position ?? from ?? 0, end };
    },
  };
}
