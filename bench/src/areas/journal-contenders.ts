// Our ways to commit durably: the journal, the payment store, the whole command.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createMemoryKeyring,
  createStoreWriteModel,
  createUuidV7Ids,
  PersonalVault,
  systemClock,
} from '@paystrata/application';
import { noPersonalData } from '@paystrata/domain';
import { createPostgresStore, createSqliteStore, type JournalEntry, type SqlPaymentStore } from '@paystrata/infra-sql';
import type { Contender } from '../harness/compare.ts';
import { creationEntries, creationOrders } from '../harness/entries.ts';
import { at, inBatches, inParallel, type Load, type Run } from './journal-load.ts';
import type { Database } from './journal-peers.ts';

/** Makes a store that is started, on a database of its own. */
export type Open = () => Promise<{ readonly store: SqlPaymentStore; readonly dispose: () => Promise<void> }>;

export const openSqlite: Open = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-bench-'));
  const store = createSqliteStore({ path: join(folder, 'journal.db'), keyring: createMemoryKeyring() });
  await store.start();
  const dispose = async () => {
    await store.stop();
    rmSync(folder, { recursive: true });
  };
  return { store, dispose };
};

export function openPostgres(database: Database): Open {
  return async () => {
    const store = createPostgresStore({ url: await database(), keyring: createMemoryKeyring() });
    await store.start();
    return { store, dispose: () => store.stop() };
  };
}

/** Event, document and version check; texts that are encoded and sealed already. */
export function ourJournal(open: Open, load: Load): Contender {
  return ours(`our journal, event and document, ${load.inFlight} in flight`, open, async (store) => {
    const entries = await sealedEntries(load.total);
    return inParallel(load, async (n) => {
      const { outcome } = await store.journal.append(at(entries, n));
      if (outcome !== 'committed') throw new Error(`not committed: ${outcome}`);
    });
  });
}

/** The same, and each entry encoded and its personal data sealed. */
export function ourStore(open: Open, load: Load): Contender {
  return ours(`our payment store, encoding and sealing too, ${load.inFlight} in flight`, open, (store) => {
    const entries = creationEntries(load.total);
    return inParallel(load, async (n) => {
      const [result] = await store.commit([at(entries, n)]);
      if (result?.outcome !== 'committed') throw new Error(`not committed: ${JSON.stringify(result)}`);
    });
  });
}

/** Batches of so many through `commit`. */
export function ourBatches(open: Open, total: number, size: number): Contender {
  return ours(`our payment store, ${size} entries a call`, open, (store) => {
    const entries = creationEntries(total);
    return inBatches(total, size, async (from, to) => {
      const results = await store.commit(entries.slice(from, to));
      if (results.some(({ outcome }) => outcome !== 'committed')) throw new Error('not committed');
    });
  });
}

/** Load, decide, seal, commit, receipt with its token. */
export function wholeCommand(open: Open, load: Load): Contender {
  return ours(`our whole command, ${load.inFlight} in flight`, open, (store) => {
    const write = createStoreWriteModel({ store, ids: createUuidV7Ids(systemClock), clock: systemClock });
    const orders = creationOrders(load.total);
    return inParallel(load, async (n) => {
      const result = await write.execute(at(orders, n));
      if (!result.ok) throw new Error(`refused: ${result.rejection.message}`);
    });
  });
}

/** Appends one event a commit, each at the version that is expected, to streams that end at so many events. */
export function ourStreams(open: Open, { total, inFlight }: Load, length: number): Contender {
  return ours(`our journal, streams of ${length} events, ${inFlight} in flight`, open, async (store) => {
    const first = at(await sealedEntries(1), 0);
    const { text } = at(first.events, 0);
    const each = total / inFlight;
    const write = async () => {
      let stream = first.stream;
      for (let n = 0; n < each; n++) {
        const expected = n % length;
        if (expected === 0) stream = { ...first.stream, category: 'bench', id: randomUUID() };
        const events = [{ id: randomUUID(), text }];
        const { outcome } = await store.journal.append({ stream, expected, events, document: null, erased: null });
        if (outcome !== 'committed') throw new Error(`not committed: ${outcome}`);
      }
    };
    return async () => {
      await Promise.all(Array.from({ length: inFlight }, write));
      return total;
    };
  });
}

function ours(name: string, open: Open, work: (store: SqlPaymentStore) => Promise<Run> | Run): Contender {
  return {
    name,
    prepare: async () => {
      const { store, dispose } = await open();
      return { run: await work(store), dispose };
    },
  };
}

async function sealedEntries(count: number): Promise<readonly JournalEntry[]> {
  const vault = new PersonalVault(createMemoryKeyring());
  return Promise.all(
    creationEntries(count).map(async (entry) => {
      const { events, erased, ...document } = await vault.sealEntry(entry, async () => noPersonalData);
      return {
        stream: { organizationId: entry.organizationId, category: 'payment', id: entry.paymentId },
        expected: entry.expectedVersion,
        events: events.map((text) => ({ id: entry.commandId, text })),
        document: { subject: entry.payment.subject, ...document },
        erased,
      };
    }),
  );
}
