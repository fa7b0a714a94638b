// The keys that seal personal data, in a SQLite file of their own. Who has this file and the journal can read it all.

import { newSubjectKey, type Keyring } from '@paystrata/application';
import { subjectKeyOf } from '../access/access-rows.ts';
import { integer, text } from '../rows.ts';
import { GroupedWrites } from './grouped-writes.ts';
import type { SqliteMigration } from './migrate-sqlite.ts';
import { SqliteFile } from './sqlite-file.ts';

export interface SqliteKeyring extends Keyring {
  /** Finishes what is in flight and closes the file. */
  stop(): Promise<void>;
}

const migrations: readonly SqliteMigration[] = [
  `create table keys (
    organization text not null,
    subject text not null,
    id text not null,
    secret blob not null,
    primary key (organization, subject)
  ) strict, without rowid;`,
  `create table keyring (one integer primary key check (one = 1), fingerprint text not null) strict;
  insert into keyring (one, fingerprint) values (1, lower(hex(randomblob(32))));`,
];

/**
 * Opens the file, or makes it; only its owner may read it. A key is on disk before it is handed out. A destroyed one is
 * overwritten, in the file and in SQLite's log, before `destroy` answers; copies in backups of the file are the
 * operator's to expire. Keys are never kept in memory, so that one that another process destroyed is gone here too.
 *
 * @throws PortFailure `SCHEMA_TOO_NEW`, `STORE_DAMAGED`, `STORE_FULL` or `STORE_UNAVAILABLE`, as all methods do.
 */
export async function createSqliteKeyring(path: string): Promise<SqliteKeyring> {
  const file = await SqliteFile.open({ path, migrations, secureDelete: true });
  const writes = new GroupedWrites(file);
  const find = file.prepare('select id, secret from keys where organization = ? and subject = ?');
  const insert = file.prepare('insert into keys (organization, subject, id, secret) values (?, ?, ?, ?)');
  const destroy = file.prepare('delete from keys where organization = ? and subject = ? and id = coalesce(?, id)');
  const truncate = file.prepare('pragma wal_checkpoint(truncate)');
  const fingerprint = file.prepare('select fingerprint from keyring');
  return {
    place: path,
    fingerprint: () => file.retry(() => text(fingerprint.get() ?? {}, 'fingerprint')),
    keyFor: async (organizationId, subject) => {
      const row = await file.retry(() => find.get(organizationId, subject));
      if (row !== undefined) return subjectKeyOf(row);
      const made = newSubjectKey();
      return writes.run(() => {
        const rival = find.get(organizationId, subject);
        if (rival !== undefined) return subjectKeyOf(rival);
        insert.run(organizationId, subject, made.id, made.secret);
        return made;
      });
    },
    current: async (organizationId, subject) => {
      const row = await file.retry(() => find.get(organizationId, subject));
      return row === undefined ? null : subjectKeyOf(row).id;
    },
    find: async (organizationId, subject, keyId) => {
      const row = await file.retry(() => find.get(organizationId, subject));
      const key = row === undefined ? null : subjectKeyOf(row);
      return key?.id === keyId ? key : null;
    },
    destroy: async (organizationId, subject, keyId) => {
      await writes.run(() => destroy.run(organizationId, subject, keyId ?? null));
      // The log of the file still holds the page with the secret until it is cut.
      await file.retryUntil(() => integer(truncate.get() ?? {}, 'busy') === 0);
    },
    stop: async () => {
      await writes.idle();
      file.close();
    },
  };
}
