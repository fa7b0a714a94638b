// Subscriptions and snapshots in the SQLite file of the log. Its clock is that of the machine.

import type { Lease, SnapshotStore, SubscriptionStore } from '@paystrata/application';
import { integer } from '../rows.ts';
import { journalMigrations } from '../sqlite/journal-schema.ts';
import { SqliteFile } from '../sqlite/sqlite-file.ts';
import { deadLetterOf, snapshotOf, storable, type DeadLetters, type SqlCompanions } from './companions.ts';

const now = `cast(unixepoch('subsec') * 1000 as integer)`;
const isFree = `(owner is null or expires_at <= ${now})`;
const isHeld = 'name = ? and owner = ? and token = ?';

/** @throws PortFailure `SCHEMA_TOO_NEW`, `STORE_DAMAGED`, `STORE_FULL` or `STORE_UNAVAILABLE`, as all methods do. */
export async function openSqliteCompanions(path: string): Promise<SqlCompanions> {
  const file = await SqliteFile.open({ path, migrations: journalMigrations });
  return {
    subscriptions: subscriptionsIn(file),
    snapshots: snapshotsIn(file),
    stop: async () => file.close(),
  };
}

function subscriptionsIn(file: SqliteFile): SubscriptionStore {
  const statements = {
    acquire: file.prepare(`insert into subscriptions (name, owner, token, expires_at, checkpoint)
      values (?, ?, 1, ${now} + ?, 0)
      on conflict (name) do update set owner = excluded.owner, expires_at = excluded.expires_at,
        token = token + (owner is not excluded.owner)
      where owner = excluded.owner or ${isFree}
      returning token, checkpoint`),
    renew: file.prepare(`update subscriptions set expires_at = ${now} + ? where ${isHeld}`),
    advance: file.prepare(`update subscriptions set checkpoint = ? where ${isHeld}`),
    addLetter: file.prepare(`insert into dead_letters (subscription, position, stream, error, attempts, at)
      values (?, ?, ?, ?, ?, ${now})
      on conflict (subscription, position) do update
        set error = excluded.error, attempts = excluded.attempts, at = excluded.at`),
    release: file.prepare(`update subscriptions set owner = null where ${isHeld}`),
    checkpoint: file.prepare('select checkpoint from subscriptions where name = ?'),
    reset:
      file.prepare(`insert into subscriptions (name, owner, token, expires_at, checkpoint) values (?, null, 1, 0, ?)
      on conflict (name) do update set owner = null, token = token + 1, checkpoint = excluded.checkpoint
      where ${isFree}`),
  };
  const held = ({ subscription, owner, fencingToken }: Lease) => [subscription, owner, fencingToken] as const;
  return {
    acquire: async (subscription, owner, ttlMs) => {
      const row = await file.write(() => statements.acquire.get(subscription, owner, ttlMs));
      if (row === undefined) return null;
      return { subscription, owner, fencingToken: integer(row, 'token'), checkpoint: integer(row, 'checkpoint') };
    },
    renew: (lease, ttlMs) => file.write(() => statements.renew.run(ttlMs, ...held(lease)).changes === 1),
    advance: (lease, checkpoint, deadLetters = []) =>
      file.write(() => {
        if (statements.advance.run(checkpoint, ...held(lease)).changes === 0) return false;
        for (const { position, stream, error, attempts } of deadLetters.map(storable)) {
          statements.addLetter.run(lease.subscription, position, stream, error, attempts);
        }
        return true;
      }),
    release: async (lease) => {
      await file.write(() => statements.release.run(...held(lease)));
    },
    checkpoint: async (subscription) => {
      const row = await file.retry(() => statements.checkpoint.get(subscription));
      return row === undefined ? 0 : integer(row, 'checkpoint');
    },
    reset: (subscription, checkpoint) => file.write(() => statements.reset.run(subscription, checkpoint).changes === 1),
    ...deadLettersIn(file),
  };
}

function deadLettersIn(file: SqliteFile): DeadLetters {
  const statements = {
    letters: file.prepare(
      `select * from dead_letters where subscription = ? and position > ? order by position limit ?`,
    ),
    firstLetter: file.prepare(`select position from dead_letters where subscription = ? and stream = ?
      order by position limit 1`),
    removeLetter: file.prepare('delete from dead_letters where subscription = ? and position = ?'),
  };
  return {
    deadLetters: async (subscription, after, limit) =>
      (await file.retry(() => statements.letters.all(subscription, after, limit))).map(deadLetterOf),
    firstDeadLetter: async (subscription, stream) => {
      const row = await file.retry(() => statements.firstLetter.get(subscription, stream));
      return row === undefined ? null : integer(row, 'position');
    },
    removeDeadLetter: async (subscription, position) => {
      await file.write(() => statements.removeLetter.run(subscription, position));
    },
  };
}

function snapshotsIn(file: SqliteFile): SnapshotStore {
  const load = file.prepare(`select version, schema_version, state from snapshots
    where organization = ? and category = ? and name = ?`);
  const save = file.prepare(`insert into snapshots (organization, category, name, version, schema_version, state)
    values (?, ?, ?, ?, ?, ?)
    on conflict (organization, category, name) do update
      set version = excluded.version, schema_version = excluded.schema_version, state = excluded.state
      where excluded.schema_version > schema_version
        or (excluded.schema_version = schema_version and excluded.version > version)`);
  return {
    load: async ({ organizationId, category, id }) => {
      const row = await file.retry(() => load.get(organizationId, category, id));
      return row === undefined ? null : snapshotOf(row);
    },
    save: async ({ organizationId, category, id }, { version, schemaVersion, state }) => {
      await file.write(() => save.run(organizationId, category, id, version, schemaVersion, JSON.stringify(state)));
    },
  };
}
