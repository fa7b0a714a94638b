import { parseCurrency, parseOrganizationId } from '@paystrata/application';
import { describe, expect, it } from 'vitest';
import { dateReader } from './calendar-date.ts';
import { findColumns } from './columns.ts';
import { rowMapper, type RowMapping } from './map-row.ts';
import { rowChecks } from './new-payment-row.ts';

const header = ['Org', 'Ref', 'Date', 'Amount', 'What', 'Who'];
const names = {
  organization: 'Org',
  reference: 'Ref',
  date: 'Date',
  amount: 'Amount',
  description: 'What',
  customer: 'Who',
};
const [gbp, acme] = [parseCurrency('GBP'), parseOrganizationId('acme')];
if (gbp === undefined || acme === undefined) throw new Error('the test names what is not there');

const mapping: RowMapping = {
  columns: findColumns(header, names, 'in.csv'),
  currency: gbp,
  organizationId: null,
  readDate: dateReader('DD/MM/YYYY'),
  dateFormat: 'DD/MM/YYYY',
  settled: false,
  maxAmount: 1_000_000n,
  now: Date.UTC(2020, 6, 1),
  fileId: 'f00d',
  encodingSound: true,
};

const map = (fields: readonly string[], changes: Partial<RowMapping> = {}) =>
  rowMapper({ ...mapping, ...changes })({ line: 7, fields, problem: null });

const sound = ['Leeds City Council', 'R1', '24/06/2020', '1,234.50', 'Meals', 'A & B'];
const withCell = (column: string, text: string) => sound.map((cell, place) => (header[place] === column ? text : cell));

describe('a row', () => {
  it('becomes a payment', () => {
    expect(map(sound)).toEqual({
      line: 7,
      organizationId: 'leeds-city-council',
      payment: {
        amount: 123450n,
        currency: 'GBP',
        reference: 'R1',
        description: 'Meals',
        customer: { name: 'A & B' },
        metadata: { organizationName: 'Leeds City Council' },
        settled: false,
        createdAt: '2020-06-24T00:00:00.000Z',
      },
    });
  });

  it('needs only an amount: what identifies it is then its file and line', () => {
    const columns = findColumns(['Amount'], { ...noColumns, amount: 'Amount' }, 'in.csv');
    expect(map(['5'], { columns, organizationId: acme })).toEqual({
      line: 7,
      organizationId: 'acme',
      payment: { amount: 500n, currency: 'GBP', reference: 'file:f00d:7', settled: false },
    });
  });

  it('without a reference of its own, in a file that has such a column, is identified by its line too', () => {
    expect(map(withCell('Ref', ' '))).toMatchObject({ payment: { reference: 'file:f00d:7' } });
  });

  it('is settled where that is asked for', () => {
    expect(map(sound, { settled: true })).toMatchObject({ payment: { settled: true } });
  });
});

const noColumns = { organization: null, reference: null, date: null, amount: null, description: null, customer: null };

const refused: readonly [code: string, why: string, fields: readonly string[], changes?: Partial<RowMapping>][] = [
  ['row_empty', 'no field says anything', ['', ' ', '', '', '', '']],
  ['row_empty', 'a blank line', ['']],
  ['row_malformed', 'too short', ['Leeds', 'R1']],
  ['row_malformed', 'too long', [...sound, 'more']],
  ['row_malformed', 'NUL', withCell('What', 'a\0b')],
  ['row_malformed', 'bytes of another encoding', withCell('What', 'caf\uFFFD'), { encodingSound: false }],
  ['organization_missing', 'empty', withCell('Org', ' ')],
  ['organization_missing', 'no letter to make an id of', withCell('Org', '— ? —')],
  ['amount_missing', 'empty', withCell('Amount', ' ')],
  ['amount_malformed', 'words', withCell('Amount', 'ten')],
  ['amount_malformed', 'a decimal comma', withCell('Amount', '12,50')],
  ['amount_malformed', 'a sign of currency', withCell('Amount', '£12.50')],
  ['amount_malformed', 'an exponent', withCell('Amount', '1e3')],
  ['amount_too_precise', 'three decimals', withCell('Amount', '1.005')],
  ['amount_not_positive', 'zero', withCell('Amount', '0.00')],
  ['amount_not_positive', 'negative', withCell('Amount', '-48.50')],
  ['amount_too_large', 'above the cap', withCell('Amount', '10000.01')],
  ['amount_too_large', 'above what JSON holds', withCell('Amount', '90071992547409.92'), { maxAmount: 10n ** 20n }],
  ['date_malformed', 'empty', withCell('Date', '')],
  ['date_malformed', 'another format', withCell('Date', '2020-06-24')],
  ['date_malformed', 'no such day', withCell('Date', '31/06/2020')],
  ['date_malformed', 'in the future', withCell('Date', '02/07/2020')],
];

describe('a row that is refused', () => {
  it.each(refused)('%s: %s', (code, _why, fields, changes) => {
    expect(map(fields, changes)).toEqual({ line: 7, code, message: expect.stringMatching(/\S{2,}/) as unknown });
  });

  it('is refused for what is broken in the file', () => {
    const record = { line: 3, fields: ['"a'], problem: 'a quote is opened and not closed' };
    expect(rowMapper(mapping)(record)).toEqual({
      line: 3,
      code: 'row_malformed',
      message: 'a quote is opened and not closed',
    });
  });

  it('is told the first check that fails, in the order that is promised', () => {
    const order = [...new Set(refused.map(([code]) => code))];
    expect(order).toEqual(rowChecks.filter((code) => code !== 'reference_conflict'));
    expect(map(['', 'R1', 'x', '-1.005', '', ''])).toMatchObject({ code: 'organization_missing' });
    expect(map(['Leeds', 'R1', 'x', '-1.005', '', ''])).toMatchObject({ code: 'amount_too_precise' });
    expect(map(['Leeds', 'R1', 'x', '-1', '', ''])).toMatchObject({ code: 'amount_not_positive' });
    expect(map(['Leeds', 'R1', 'x', '10000.01', '', ''])).toMatchObject({ code: 'amount_too_large' });
  });

  it('does not tell more of a cell than is needed to find it', () => {
    expect(map(withCell('Amount', 'x'.repeat(5000)))).toMatchObject({
      message: expect.stringMatching(/^.{1,150}$/) as unknown,
    });
  });
});
