// The least an import can do, as a program of its own: parse the CSV and insert its rows in batches with the bare driver.

import { createReadStream } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { parse } from 'csv-parse';

const [file, databaseFile] = process.argv.slice(2);
if (file === undefined || databaseFile === undefined) throw new Error('usage: raw-import FILE.csv DATABASE');

const BATCH = 1000;
const database = new DatabaseSync(databaseFile);
database.exec('pragma journal_mode = wal; pragma synchronous = full');
database.exec('create table payments (position integer primary key, text text not null)');
const insert = database.prepare('insert into payments (text) values (?)');

let batch: string[] = [];
function flush(): void {
  database.exec('begin immediate');
  for (const text of batch) insert.run(text);
  database.exec('commit');
  batch = [];
}
const records: AsyncIterable<unknown> = createReadStream(file, 'latin1').pipe(parse({ columns: true }));
for await (const record of records) {
  batch.push(JSON.stringify(record));
  if (batch.length === BATCH) flush();
}
flush();
database.close();
