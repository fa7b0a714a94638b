// Idempotency keys in a SQLite file: synced before the command they guard is run.

import type { IdempotencyStore } from '@paystrata/application';
import { pointerOf } from '../access/access-rows.ts';
import type { GroupedWrites } from './grouped-writes.ts';
import type { SqliteFile } from './sqlite-file.ts';

/** Old pointers are dropped so many at a time, so that nobody waits long for the file. */
const EXPIRE_CHUNK = 1000;

export function createIdempotency(file: SqliteFile, writes: GroupedWrites): IdempotencyStore {
  const find = file.prepare(`select organization, route, key, request_hash, payment, command, created_at
    from idempotency where organization = ? and route = ? and key = ?`);
  const insert = file.prepare(`insert into idempotency
    (organization, route, key, request_hash, payment, command, created_at) values (?, ?, ?, ?, ?, ?, ?)`);
  const release = file.prepare(`delete from idempotency
    where organization = ? and route = ? and key = ? and command = ?`);
  const expire = file.prepare(`delete from idempotency where (organization, route, key) in
    (select organization, route, key from idempotency where created_at < ? limit ${EXPIRE_CHUNK})`);
  return {
    claim: (pointer) =>
      writes.run(() => {
        const { organizationId, route, key, requestHash, paymentId, commandId, createdAt } = pointer;
        const row = find.get(organizationId, route, key);
        if (row !== undefined) return pointerOf(row);
        insert.run(organizationId, route, key, requestHash, paymentId, commandId, createdAt);
        return pointer;
      }),
    release: async ({ organizationId, route, key, commandId }) => {
      await writes.run(() => release.run(organizationId, route, key, commandId));
    },
    expire: async (before) => {
      let dropped = 0;
      for (;;) {
        const changes = await writes.run(() => Number(expire.run(before).changes));
        dropped += changes;
        if (changes < EXPIRE_CHUNK) return dropped;
      }
    },
  };
}
