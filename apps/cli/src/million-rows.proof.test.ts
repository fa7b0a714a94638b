// A million rows through the real command in bounded memory: no part of it grows with the file.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prove } from '@paystrata/test-servers';
import { createWorkplace, type Workplace } from '../e2e/command.ts';
import { limitedHeap, megabytesTaken } from './testing/limited-heap.ts';

const ROWS = 1_000_000;
/** Every so manyth row is refused. */
const REFUSED_EVERY = 50;
/** Megabytes that V8 may keep: where something grew with the file, the command would die of it. */
const HEAP = 64;
/** Megabytes that the process may take in all, code and buffers included; how much it takes depends on the hour. */
const MOST = 400;

/** Answers as the API does where every row is new, and keeps nothing. */
const server = createServer((request, response) => void answer(request, response));
let rowsReceived = 0;
let place: Workplace;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  place = await createWorkplace({
    PAYSTRATA_API_URL: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    PAYSTRATA_API_KEY: 'psk_proof',
    ...limitedHeap(HEAP),
  });
});

afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await place.remove();
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  const lines = body.trimEnd().split('\n');
  rowsReceived += lines.length;
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.end(
    lines.map((_, place) => `{"line":${place + 1},"ok":true,"id":"x","version":1,"replayed":false}\n`).join(''),
  );
}

async function writeRows(name: string, rows: number): Promise<void> {
  const file = createWriteStream(join(place.folder, name));
  file.write('Reference,Day,Amount,Customer,Note\n');
  for (let row = 1; row <= rows; row += 1) {
    const amount = row % REFUSED_EVERY === 0 ? '-1.00' : `${row % 1000}.25`;
    const line = `ref-${row},24/06/2020,${amount},"Customer, number ${row % 5000}",what row ${row} is about\n`;
    if (!file.write(line)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}

interface Measured {
  readonly megabytes: number;
  readonly seconds: number;
}

async function importRows(name: string, rows: number): Promise<Measured> {
  await writeRows(name, rows);
  rowsReceived = 0;
  const begun = performance.now();
  const { code, stdout, stderr } = await place.run(
    ...['import', name, '--amount-column', 'Amount', '--currency', 'EUR', '--reference-column', 'Reference'],
    ...['--date-column', 'Day', '--date-format', 'DD/MM/YYYY', '--customer-column', 'Customer'],
    ...['--description-column', 'Note', '--rejects', `${name}.rejects.csv`, '--json'],
  );
  const seconds = (performance.now() - begun) / 1000;
  const refused = rows / REFUSED_EVERY;
  expect(code).toBe(0);
  expect(rowsReceived).toBe(rows - refused);
  expect(JSON.parse(stdout)).toMatchObject({ read: rows, imported: rows - refused, rejected: refused });
  return { megabytes: megabytesTaken(stderr), seconds };
}

const property = 'an import of rows takes as much memory as one row';

it(property, async () => {
  await prove({ part: 'million-rows', property, store: 'API' }, async () => {
    const small = await importRows('small.csv', ROWS / 10);
    const large = await importRows('large.csv', ROWS);
    expect(large.megabytes).toBeLessThan(MOST);
    const shown = ({ megabytes, seconds }: Measured) => `${megabytes} MB, ${seconds.toFixed(1)} s`;
    return `in a heap of ${HEAP} MB: 100,000 rows ${shown(small)}; 1,000,000 rows ${shown(large)}`;
  });
});
