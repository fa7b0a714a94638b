// For tests: a source in memory that fails, hangs, lags or refuses as it is told.

import { PortFailure, silentLogger } from '@paystrata/application';
import { createMemorySource } from '../memory/memory-source.ts';
import type { PaymentSource, QueryKind, SourceDocument } from '../ports/source.ts';

export interface FakeSource extends PaymentSource {
  /** What is thrown by every call; null: it works. */
  failure: Error | null;
  /** Calls wait for it. */
  gate: Promise<void>;
  /** Such payments are refused for good while it says so. */
  refuses: (paymentId: string) => boolean;
  readonly asked: string[];
}

export const away = new PortFailure('STORE_UNAVAILABLE', 'it is away');

interface FakeOptions {
  readonly name?: string;
  readonly isShared?: boolean;
  readonly isComplete?: boolean;
  readonly timeoutMs?: number;
  readonly archive?: PaymentSource['archive'];
}

export function createFakeSource(options: FakeOptions = {}): FakeSource {
  const memory = createMemorySource({ maxPayments: 100_000, logger: silentLogger });
  const { name = 'fake', isShared = true, isComplete = true, timeoutMs = 1000, archive = null } = options;
  const working = async <T>(what: string, call: () => Promise<T>): Promise<T> => {
    fake.asked.push(what);
    await fake.gate;
    if (fake.failure !== null) throw fake.failure;
    return call();
  };
  const requireTaken = (documents: readonly SourceDocument[]) => {
    const refused = documents.find(({ paymentId }) => fake.refuses(paymentId));
    if (refused !== undefined) throw new PortFailure('INVALID_MESSAGE', `it refuses ${refused.paymentId}`);
  };
  const kinds = Object.keys(memory.queries) as QueryKind[];
  const queries = kinds.map((kind) => [
    kind,
    (query: never, context: never) => working(kind, async () => memory.queries[kind]?.(query, context) ?? null),
  ]);
  const fake: FakeSource = {
    ...{ name, isShared, isComplete, timeoutMs, archive, asked: [], failure: null, gate: Promise.resolve() },
    refuses: () => false,
    queries: Object.fromEntries(queries) as PaymentSource['queries'],
    open: (epoch) => memory.open(epoch),
    close: () => memory.close(),
    held: () => working('held', () => memory.held()),
    apply: (batch) =>
      working('apply', async () => {
        requireTaken(batch.documents);
        return memory.apply(batch);
      }),
    put: (documents) =>
      working('put', async () => {
        requireTaken(documents);
        return memory.put(documents);
      }),
    remove: (keys) => working('remove', () => memory.remove(keys)),
    clear: () => working('clear', () => memory.clear()),
    organizations: () => working('organizations', () => memory.organizations()),
    digest: (range) => working('digest', () => memory.digest(range)),
    entries: (range, limit) => working('entries', () => memory.entries(range, limit)),
  };
  return fake;
}
