// The ledger of the sandbox gateway in PostgreSQL: one for all machines that charge through the sandbox.

import { PortFailure, type SandboxEntry, type SandboxLedger } from '@paystrata/application';
import type { PostgresDatabase } from '../postgres/postgres-database.ts';
import { entryOf, ledgerColumns, ledgerValues } from '../access/ledger-rows.ts';
import { synced } from './access-schema.ts';
import { openAccess, type PostgresAccessOptions } from './postgres-access-store.ts';

export interface PostgresLedger extends SandboxLedger {
  /** Finishes what is in flight and closes the connections. */
  stop(): Promise<void>;
}

const table = 'paystrata_access.ledger';

/** Connects at first use; its methods throw as those of the other tables in PostgreSQL. */
export function createPostgresLedger(options: PostgresAccessOptions): PostgresLedger {
  let opening: Promise<PostgresDatabase> | null = null;
  const opened = () => {
    opening ??= openAccess(options).catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
  const find = async (gatewayKey: string): Promise<SandboxEntry | null> => {
    const database = await opened();
    const text = `select ${ledgerColumns} from ${table} where gateway_key = $1`;
    const [row] = await database.read({ text, values: [gatewayKey] });
    return row === undefined ? null : entryOf(row);
  };
  return {
    record: async (entry) => {
      const values = ledgerValues(entry);
      const places = values
        .map((_, index) => `$${index + 1}::${index + 1 < values.length ? 'text' : 'smallint'}`)
        .join(', ');
      const database = await opened();
      await database.read({
        text: `insert into ${table} (${ledgerColumns}) select ${places} where ${synced} on conflict do nothing`,
        values,
      });
      const there = await find(entry.gatewayKey);
      if (there !== null) return there;
      throw new PortFailure('STORE_DAMAGED', `the ledger of the sandbox lost its entry of the key ${entry.gatewayKey}`);
    },
    find,
    entries: async () => {
      const database = await opened();
      return (await database.read({ text: `select ${ledgerColumns} from ${table} order by entry` })).map(entryOf);
    },
    stop: async () => {
      if (opening !== null) await (await opening).close();
    },
  };
}
