// A ledger of the sandbox gateway in a file, for tests in which several processes move money.

import { DatabaseSync } from 'node:sqlite';
import type { SandboxEntry, SandboxLedger } from '@paystrata/application';
import type { GatewayKey } from '@paystrata/domain';
import { fromWire, toWire, type Wire } from '../protocol/wire.ts';

/** Keeps the first entry of each key, like the one in memory. */
export function openFileLedger(file: string): SandboxLedger & { close(): void } {
  const db = new DatabaseSync(file, { timeout: 5000 });
  db.exec('PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, entry TEXT NOT NULL)');
  const read = (row: Record<string, unknown> | undefined): SandboxEntry | null => {
    if (row === undefined) return null;
    const wire: Wire<SandboxEntry> = JSON.parse(String(row['entry'])) as Wire<SandboxEntry>;
    return fromWire<SandboxEntry>(wire);
  };
  const find = (key: GatewayKey) => read(db.prepare('SELECT entry FROM entries WHERE key = ?').get(key));
  return {
    record: async (entry) => {
      const insert = db.prepare('INSERT INTO entries (key, entry) VALUES (?, ?) ON CONFLICT DO NOTHING');
      insert.run(entry.gatewayKey, JSON.stringify(toWire(entry)));
      return find(entry.gatewayKey) ?? entry;
    },
    find: async (key) => find(key),
    entries: async () =>
      db
        .prepare('SELECT entry FROM entries')
        .all()
        .flatMap((row) => read(row) ?? []),
    close: () => db.close(),
  };
}
