// Emmett's side of the cases: its event store for PostgreSQL, set up as its documentation does.

import { getPostgreSQLEventStore, type PostgresEventStore } from '@event-driven-io/emmett-postgresql';

export const emmettVersion = '@event-driven-io/emmett-postgresql 0.42.0';

export interface Note {
  readonly type: 'Noted' | 'Held';
  readonly data: { readonly text: string };
}

export const note = (text: string): Note => ({ type: 'Noted', data: { text } });

/** Runs the work on a store whose schema is there, and closes it. */
export async function withEmmett<T>(url: string, work: (store: PostgresEventStore) => Promise<T>): Promise<T> {
  const store = getPostgreSQLEventStore(url);
  try {
    await store.schema.migrate();
    return await work(store);
  } finally {
    await store.close();
  }
}

export interface ReadOptions {
  readonly startFrom: 'BEGINNING' | 'END';
  readonly batchSize: number;
  /** Stop when there is nothing more for now; false: go on until the signal. */
  readonly untilEmpty: boolean;
  readonly onNote?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** What a consumer of the whole log is given, as texts in the order it came. */
export async function consumeNotes(store: PostgresEventStore, options: ReadOptions): Promise<readonly string[]> {
  const texts: string[] = [];
  const consumer = store.consumer<Note>({
    pulling: { batchSize: options.batchSize, pullingFrequencyInMs: 10 },
    ...(options.untilEmpty && { stopWhen: { noMessagesLeft: true } }),
  });
  consumer.reactor<Note>({
    processorId: 'reader',
    startFrom: options.startFrom,
    eachMessage: (message) => {
      texts.push(message.data.text);
      options.onNote?.(message.data.text);
    },
  });
  options.signal?.addEventListener('abort', () => void consumer.stop());
  try {
    await consumer.start();
  } finally {
    await consumer.close();
  }
  return texts;
}
