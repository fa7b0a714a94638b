// The ledger of the sandbox gateway in a SQLite file, as durable as a gateway's own books would be.

import type { SandboxLedger } from '@paystrata/application';
import { entryOf, ledgerColumns, ledgerValues } from '../access/ledger-rows.ts';
import { GroupedWrites } from './grouped-writes.ts';
import type { SqliteMigration } from './migrate-sqlite.ts';
import { SqliteFile } from './sqlite-file.ts';

export interface SqliteLedger extends SandboxLedger {
  /** Finishes what is in flight and closes the file. */
  stop(): Promise<void>;
}

const migrations: readonly SqliteMigration[] = [
  `create table ledger (
    entry integer primary key,
    gateway_key text not null unique,
    organization text not null,
    kind text not null,
    currency text not null,
    moved text not null,
    method text not null,
    outcome text not null,
    answered_amount text,
    answered_currency text,
    gateway_reference text,
    failure_code text,
    decline_code text,
    retryable integer
  ) strict;`,
];

/** Opens the file at first use; its methods throw as those of every SQLite file here. */
export function createSqliteLedger(path: string): SqliteLedger {
  let opening: Promise<Opened> | null = null;
  const opened = () => {
    opening ??= open(path).catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
  return {
    record: async (entry) => {
      const { writes, find, insert } = await opened();
      return writes.run(() => {
        const known = find.get(entry.gatewayKey);
        if (known !== undefined) return entryOf(known);
        insert.run(...ledgerValues(entry));
        return entry;
      });
    },
    find: async (gatewayKey) => {
      const { file, find } = await opened();
      const row = await file.retry(() => find.get(gatewayKey));
      return row === undefined ? null : entryOf(row);
    },
    entries: async () => {
      const { file, list } = await opened();
      return (await file.retry(() => list.all())).map(entryOf);
    },
    stop: async () => {
      if (opening === null) return;
      const { file, writes } = await opening;
      await writes.idle();
      file.close();
    },
  };
}

type Opened = Awaited<ReturnType<typeof open>>;

async function open(path: string) {
  const file = await SqliteFile.open({ path, migrations });
  return {
    file,
    writes: new GroupedWrites(file),
    find: file.prepare(`select ${ledgerColumns} from ledger where gateway_key = ?`),
    list: file.prepare(`select ${ledgerColumns} from ledger order by entry`),
    insert: file.prepare(`insert into ledger (${ledgerColumns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
  };
}
