import { describe, expect, it } from 'vitest';
import { csvLine } from '../csv/csv-line.ts';
import { dateReader } from './calendar-date.ts';
import { findColumns } from './columns.ts';
import { organizationSlug } from './organization-slug.ts';

const day = (text: string | undefined) => (text === undefined ? undefined : Date.parse(`${text}T00:00:00Z`));

describe('a date', () => {
  it.each([
    ['DD/MM/YYYY', '24/06/2020', '2020-06-24'],
    ['DD/MM/YYYY', '4/6/2020', '2020-06-04'],
    ['DD/MM/YYYY', ' 24/06/2020 ', '2020-06-24'],
    ['MM/DD/YYYY', '06/24/2020', '2020-06-24'],
    ['YYYY-MM-DD', '2020-06-24', '2020-06-24'],
    ['DD.MM.YYYY', '24.06.2020', '2020-06-24'],
    ['YYYYMMDD', '20200624', '2020-06-24'],
    ['DD/MM/YYYY', '29/02/2020', '2020-02-29'],
    ['YYYY-MM-DD', '0099-01-01', '0099-01-01'],
    ['DD/MM/YYYY', '29/02/2021', undefined],
    ['DD/MM/YYYY', '00/06/2020', undefined],
    ['DD/MM/YYYY', '24/13/2020', undefined],
    ['DD/MM/YYYY', '24/06/20', undefined],
    ['DD/MM/YYYY', '24-06-2020', undefined],
    ['DD.MM.YYYY', '24x06x2020', undefined],
    ['YYYYMMDD', '2020624', undefined],
    ['YYYY-MM-DD', '2020-06-24T00:00:00Z', undefined],
  ])('in %s: %s', (format, text, expected) => {
    const read = dateReader(format);
    expect(read(text)).toBe(day(expected));
    expect(read(text)).toBe(day(expected));
  });

  it.each(['', 'DD/MM', 'DD/MM/YY', 'DD/DD/YYYY', 'yyyy-mm-dd', 'DD/MM/YYYY hh'])('format %j is refused', (format) => {
    expect(() => dateReader(format)).toThrow('is not a format of dates');
  });
});

describe('the id of an organization', () => {
  it.each([
    ['Leeds City Council', 'leeds-city-council'],
    ['  A.B & C (UK) Ltd. ', 'a-b-c-uk-ltd'],
    ['Zürich Straße', 'zurich-stra-e'],
    ['Ωmega 3', 'mega-3'],
    ['3M', '3m'],
    ['—', undefined],
    ['', undefined],
    ['Москва', undefined],
  ])('of %j', (name, id) => {
    expect(organizationSlug(name)).toBe(id);
  });

  it('of a long name ends in a hash of all of it', () => {
    const [one, other] = ['one', 'other'].map((end) => organizationSlug(`${'long name '.repeat(10)}${end}`));
    expect(one).toMatch(/^(long-name-)+[a-z-]*[0-9a-f]{8}$/);
    expect(one?.length).toBeLessThanOrEqual(63);
    expect(other).not.toBe(one);
  });
});

describe('a column', () => {
  const none = { organization: null, reference: null, date: null, description: null, customer: null };

  it('that is not there is refused with those that are', () => {
    const find = () => findColumns(['A', 'B, C'], { ...none, amount: 'Amount' }, 'in.csv');
    expect(find).toThrow('in.csv has no column "Amount" (--amount-column)');
    expect(find).toThrow(expect.objectContaining({ hint: 'it has: "A", "B, C"' }));
  });

  it('of a file with one only makes one wonder about its separators', () => {
    const find = () => findColumns(['A;B'], { ...none, amount: 'A' }, 'in.csv');
    expect(find).toThrow(expect.objectContaining({ hint: expect.stringContaining('separated by commas?') as unknown }));
  });

  it('that is there twice is refused', () => {
    expect(() => findColumns(['A', ' A '], { ...none, amount: 'A' }, 'in.csv')).toThrow('more than once');
  });

  it('is found with spaces around its name', () => {
    expect(findColumns(['X', ' A '], { ...none, amount: 'A' }, 'in.csv').places.amount).toBe(1);
  });
});

describe('a line of CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
  ])('writes %j as %j', (text, written) => {
    expect(csvLine([text, 'x'])).toBe(`${written},x`);
  });
});
