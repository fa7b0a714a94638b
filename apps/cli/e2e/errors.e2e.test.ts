// Everything that can be wrong with a command line, a file or the surroundings: its exit code and its words.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkplace, type Workplace } from './command.ts';

let place: Workplace;
const file = (name: string, content: string | Uint8Array) => writeFile(join(place.folder, name), content);

beforeAll(async () => {
  place = await createWorkplace({ PAYSTRATA_STORAGE: 'memory-cqs' });
  await mkdir(join(place.folder, 'folder.csv'));
  await file('good.csv', 'Ref,Amount\nr1,5.00\n');
  await file('empty.csv', '');
  await file('header.csv', 'Ref,Amount\n');
  await file('semicolons.csv', 'Ref;Amount\nr1;5,00\n');
  await file('twice.csv', 'Amount,Amount\n1,2\n');
  await file('utf16.csv', Buffer.from('\uFEFFRef,Amount\n', 'utf16le'));
  await file('events.ndjson', '{}\n');
});
afterAll(() => place.remove());

const unknown = '01890000-0000-7000-8000-000000000000';
const amount = ['--amount-column', 'Amount', '--currency', 'GBP'];

const refused: readonly [name: string, args: readonly string[], code: number, says: RegExp][] = [
  ['no command', [], 2, /Usage: paystrata/],
  ['an unknown command', ['pay'], 2, /unknown command 'pay'[\s\S]*--help/],
  ['a mistyped command', ['payment'], 2, /Did you mean payments\?/],
  ['an unknown flag', ['stats', '--jsn'], 2, /unknown option '--jsn'[\s\S]*Did you mean --json\?/],
  ['a missing flag', ['payments', 'create', '--amount', '5'], 2, /required option '--currency <code>' not specified/],
  ['a missing argument', ['payments', 'get'], 2, /missing required argument 'payment'/],
  ['an id that is none', ['payments', 'get', 'abc'], 2, /It is a UUID/],
  ['an organization that is none', ['stats', '--organization', 'A B'], 2, /It is a slug/],
  ['a currency that is none', ['payments', 'create', '--amount', '5', '--currency', 'eur'], 2, /upper-case ISO 4217/],
  [
    'an amount that is none',
    ['payments', 'create', '--amount', 'x', '--currency', 'EUR'],
    2,
    /--amount "x" is not an amount/,
  ],
  [
    'an amount too precise',
    ['payments', 'create', '--amount', '1.5', '--currency', 'JPY'],
    2,
    /more decimals than JPY has/,
  ],
  [
    'an amount of nothing',
    ['payments', 'create', '--amount', '0', '--currency', 'EUR'],
    2,
    /above 0.*\(amount_not_positive\)/,
  ],
  ['a status that is none', ['payments', 'list', '--status', 'paid'], 2, /It is one of pending, processing/],
  ['a time that is none', ['stats', '--from', 'yesterday'], 2, /'--from <time>'.*It is an instant such as/],
  ['a page of none', ['payments', 'list', '--page', '0'], 2, /It is a whole number from 1/],
  ['a limit too high', ['payments', 'list', '--limit', '101'], 2, /from 1 to 100/],
  ['an amount range without a currency', ['payments', 'list', '--min-amount', '5'], 2, /name it with --currency/],
  ['two ways to page', ['payments', 'list', '--page', '1', '--cursor', 'x'], 2, /exclude each other/],
  ['a damaged cursor', ['payments', 'list', '--cursor', 'x'], 2, /CURSOR_INVALID/],
  ['a criterion that is none', ['events', 'search', '--where', 'amount'], 2, /It is written "path operator value"/],
  ['an unknown payment', ['payments', 'get', unknown], 3, /there is no payment .*\(payment_not_found\)/],
  ['the history of an unknown payment', ['payments', 'history', unknown], 3, /payment_not_found/],
  [
    'an unknown payment to process',
    ['payments', 'process', unknown, '--method', 'test_approve'],
    3,
    /payment_not_found/,
  ],
  ['an unknown key', ['keys', 'revoke', 'nobody'], 3, /there is no key nobody/],
  ['a scope that is none', ['keys', 'create', '--organization', 'demo', '--scopes', 'all'], 2, /a list of read, write/],
  ['a file that is missing', ['import', 'no.csv', ...amount], 2, /there is no file .*no\.csv/],
  ['a directory', ['import', 'folder.csv', ...amount], 2, /folder\.csv is a directory/],
  ['an empty file', ['import', 'empty.csv', ...amount], 2, /empty\.csv is empty/],
  ['a file in UTF-16', ['import', 'utf16.csv', ...amount], 2, /UTF-16[\s\S]*iconv/],
  [
    'an unknown column',
    ['import', 'good.csv', '--amount-column', 'Sum', '--currency', 'GBP'],
    2,
    /no column "Sum" \(--amount-column\)[\s\S]*it has: "Ref", "Amount"/,
  ],
  ['other separators', ['import', 'semicolons.csv', ...amount], 2, /separated by commas\?/],
  ['a column that is there twice', ['import', 'twice.csv', ...amount], 2, /more than once/],
  ['an import without a column', ['import', 'good.csv', '--currency', 'GBP'], 2, /--amount-column NAME is needed/],
  ['an import without a currency', ['import', 'good.csv', '--amount-column', 'Amount'], 2, /--currency CODE is needed/],
  [
    'two organizations',
    ['import', 'good.csv', ...amount, '--organization', 'a', '--organization-column', 'Ref'],
    2,
    /exclude each other/,
  ],
  [
    'a date format that is none',
    ['import', 'good.csv', ...amount, '--date-column', 'Ref', '--date-format', 'D/M/Y'],
    2,
    /not a format of dates/,
  ],
  [
    'an encoding that is none',
    ['import', 'good.csv', ...amount, '--encoding', 'ebcdic'],
    2,
    /Allowed choices are auto, utf-8, windows-1252/,
  ],
  [
    'refused rows into the file itself',
    ['import', 'good.csv', ...amount, '--rejects', 'good.csv'],
    2,
    /is the file to import/,
  ],
  ['refused rows to nowhere', ['import', 'good.csv', ...amount, '--rejects', 'no/where.csv'], 2, /cannot be written/],
  ['events that are none', ['import', 'events.ndjson'], 2, /line 1 is no event .*: it has no type of ours/],
  ['events that are not there', ['import', 'none.ndjson'], 2, /cannot be read/],
  ['events with a flag about columns', ['import', 'events.ndjson', '--settled'], 2, /--settled is about CSV files/],
  ['maintenance that the strategy has not', ['storage', 'archive'], 1, /CAPABILITY_MISSING/],
];

describe('a command that cannot be done', () => {
  it.concurrent.each(refused)('%s', async (_name, args, code, says) => {
    const ran = await place.run(...args);
    expect(ran.stderr).toMatch(says);
    expect([ran.code, ran.stdout]).toEqual([code, '']);
  });
});

describe('surroundings that are wrong', () => {
  it.each([
    [
      'a strategy that is none',
      { PAYSTRATA_STORAGE: 'paper' },
      2,
      /PAYSTRATA_STORAGE is "paper": it must be one of memory-cqs/,
    ],
    ['a variable that is none', { PAYSTRATA_STORE: 'x' }, 2, /PAYSTRATA_STORE is not a setting; did you mean/],
    [
      'an API without a key',
      { PAYSTRATA_API_URL: 'http://127.0.0.1:9' },
      4,
      /PAYSTRATA_API_KEY is not[\s\S]*keys create/,
    ],
  ] as const)('%s', async (_name, env, code, says) => {
    const ran = await place.with(env).run('stats');
    expect(ran.stderr).toMatch(says);
    expect(ran.code).toBe(code);
  });

  it('a server that is no API of ours, and none at all', async () => {
    const server = createServer((_request, response) => response.end('<h1>Welcome</h1>')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const there = place.with({ PAYSTRATA_API_URL: `http://127.0.0.1:${port}/`, PAYSTRATA_API_KEY: 'k' });
    const other = await there.run('stats');
    expect([other.code, other.stderr]).toEqual([7, expect.stringContaining('does not understand')]);
    server.close();
    await once(server, 'close');
    const nobody = await there.run('stats');
    expect(nobody.code).toBe(7);
    expect(nobody.stderr).toMatch(/cannot be reached: ECONNREFUSED[\s\S]*paystrata serve/);
  });

  it('keys are not made through the API', async () => {
    const ran = await place.with({ PAYSTRATA_API_URL: 'http://127.0.0.1:9' }).run('keys', 'list');
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining('without PAYSTRATA_API_URL')]);
  });
});

describe('a command that is fine', () => {
  it('imports nothing from a file with a header only', async () => {
    const ran = await place.run('import', 'header.csv', ...amount, '--json');
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.stdout)).toEqual({
      ...{ read: 0, imported: 0, alreadyThere: 0, rejected: 0 },
      totals: [{ currency: 'GBP', amount: '0' }],
      rejections: [],
    });
  });

  it('tells with --help what it is for, with examples and exit codes', async () => {
    const helps = [
      ['--help'],
      ['import', '--help'],
      ['payments', '--help'],
      ['payments', 'refund', '--help'],
      ['events', 'search', '--help'],
    ];
    const ran = await Promise.all(helps.map((args) => place.run(...args)));
    expect(ran.map(({ code }) => code)).toEqual(helps.map(() => 0));
    for (const { stdout } of ran.filter((_, place) => place !== 2))
      expect(stdout).toMatch(/Examples:\n {2}\$ paystrata .*[\s\S]*Exit codes: 0 done/);
  });

  it('shows the configuration with its origins, and no secret', async () => {
    const ran = await place.with({ PAYSTRATA_API_KEY: 'psk_secret' }).run('config', 'show', '--json');
    expect(ran.stdout).not.toContain('psk_secret');
    expect(JSON.parse(ran.stdout)).toContainEqual({
      key: 'storage.strategy',
      variable: 'PAYSTRATA_STORAGE',
      value: 'memory-cqs',
      origin: 'environment',
    });
  });
});
