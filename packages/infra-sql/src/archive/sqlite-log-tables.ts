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
        const present = statement(presentQuery).get(JSON.stringify(positions))?.['present'];
        if (present !== positions.length) return false;
        const values = [first, last, positions.length, codec, format, checksum, root, archivedAt, bytes] as const;
        const segment = statement(insertSegment).run(...values).lastInsertRowid;
        const empty = statement(emptyEvent);
        for (const position of positions) empty.run(segment, position);
        return true;
      }),
  };
}

const presentQuery = {
  name: 'present',
  text: `select count(*) as present from events
    where position in (select value from json_each($1)) and text is not null`,
};

const insertSegment = {
  name: 'insert_segment',
  text: `insert into segments (first, last, count, codec, format, checksum, root, archived_at, bytes)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
};

const emptyEvent = { name: 'empty_event', text: 'update events set text = null, segment = $1 where position = $2' };

function inSqlite(text: string): string {
  return text.replaceAll('paystrata.', '').replaceAll('$', '?');
}
