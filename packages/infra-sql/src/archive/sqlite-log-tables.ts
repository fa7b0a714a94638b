// The tables of the log in a SQLite file.

import type { StatementSync } from 'node:sqlite';
import type { SqliteFile } from '../sqlite/sqlite-file.ts';
import type { LogQuery, LogTables } from './log-tables.ts';

export function sqliteLogTables(file: SqliteFile): LogTables {
  const prepared = new Map<string, StatementSync>();
  const statement = ({ name, text }: Omit<LogQuery, 'values'>): StatementSync => {
    const known = prepared.get(name) ?? file.prepare(inSqlite(text));
    prepared.set(name, known);
    return known;
  };
  return {
    select: (query) => file.retry(() => statement(query).all(...query.values)),
    storeSegment: ({ positions, codec, format, checksum, root, archivedAt, bytes }) =>
      file.write(() => {
        const [first, last] = [positions[0] ?? 0, positions.at(-1) ?? 0];
        const list = JSON.stringify(positions);
        const rows = statement(presentQuery).all(list);
        if (rows.length !== positions.length) return false;
        statement(deleteEvents).run(list);
        const values = [first, last, positions.length, codec, format, checksum, root, archivedAt, bytes] as const;
        const segment = statement(insertSegment).run(...values).lastInsertRowid;
        const insert = statement(insertEvent);
        for (const row of rows) insert.run(...Object.values(row), segment);
        return true;
      }),
  };
}

const columns = 'position, stream, version, organization, category, id, chain';

const presentQuery = {
  name: 'present_events',
  text: `select ${columns} from events
    where position in (select value from json_each($1)) and text is not null order by position`,
};

/** Deleted and written again: SQLite never gives back the room of rows that only became shorter. */
const deleteEvents = {
  name: 'delete_events',
  text: 'delete from events where position in (select value from json_each($1))',
};

const insertEvent = {
  name: 'insert_archived_event',
  text: `insert into events (${columns}, segment) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
};

const insertSegment = {
  name: 'insert_segment',
  text: `insert into segments (first, last, count, codec, format, checksum, root, archived_at, bytes)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
};

function inSqlite(text: string): string {
  return text.replaceAll('paystrata.', '').replaceAll('$', '?');
}
