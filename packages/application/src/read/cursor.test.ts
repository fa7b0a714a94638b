import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOrganizationId } from '@paystrata/domain';
import { known } from '../testing/known.ts';
import { formatSearchCursor, parseSearchCursor, type SearchScope } from './cursor.ts';
import { everyPayment, type SearchPayments } from './queries.ts';
import { cursorOf, searchDocuments } from './search.ts';
import { acme, currencyOf, documentsOf, idOf, samplePayment } from './testing/sample-payment.ts';

const scope: SearchScope = {
  organizationId: acme,
  filter: { ...everyPayment, statuses: ['failed', 'completed'], metadata: { a: '1', b: '2' } },
  sort: { by: 'amount', descending: false },
};
const cursor = { place: { number: 12n ** 20n, text: 'EUR', id: idOf(7) }, position: 42, epoch: 'life-1' };
const written = formatSearchCursor(cursor, scope);
const invalid = { code: 'CURSOR_INVALID', retryable: false };

describe('a cursor', () => {
  it('is read as it was written', () => {
    expect(parseSearchCursor(written, scope)).toEqual(cursor);
    expect(written).toMatch(/^[\w-]+\.[\w-]+$/);
  });

  it('is good for the same question however it is put', () => {
    const { filter } = scope;
    const same = { ...filter, statuses: filter.statuses.toReversed(), metadata: { b: '2', a: '1' } };
    expect(parseSearchCursor(written, { ...scope, filter: same })).toEqual(cursor);
  });

  it.each([
    { sort: { by: 'amount', descending: true } },
    { sort: { by: 'created', descending: false } },
    { organizationId: known(parseOrganizationId('other')) },
    { filter: everyPayment },
    { filter: { ...scope.filter, statuses: ['failed'] } },
    { filter: { ...scope.filter, minAmount: 1n, currencies: [currencyOf('EUR')] } },
    { filter: { ...scope.filter, text: 'a' } },
  ] satisfies readonly Partial<SearchScope>[])('is refused for another question: %o', (change) => {
    expect(() => parseSearchCursor(written, { ...scope, ...change })).toThrow(expect.objectContaining(invalid));
  });

  it('is refused when any part of it was changed', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=';
    const anyCharacter = fc.constantFrom(...alphabet);
    fc.assert(
      fc.property(fc.nat(written.length - 1), anyCharacter, fc.nat(2), (at, character, removed) => {
        const tampered = written.slice(0, at) + character + written.slice(at + removed);
        fc.pre(tampered !== written);
        expect(() => parseSearchCursor(tampered, scope)).toThrow(expect.objectContaining(invalid));
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseSearchCursor(text, scope)).toThrow(expect.objectContaining(invalid));
      }),
    );
  });

  it.each([
    { ...cursor, place: { ...cursor.place, number: 1.5 } },
    { ...cursor, position: -1 },
    { ...cursor, position: 1.5 },
  ])('is refused when it is sealed well but makes no sense', (senseless) => {
    expect(() => parseSearchCursor(formatSearchCursor(senseless, scope), scope)).toThrow(
      expect.objectContaining(invalid),
    );
  });

  it('is not taken by an older source, nor in another life of the log', () => {
    const { sort, filter, organizationId } = scope;
    const query: SearchPayments = { type: 'SearchPayments', filter, sort, limit: 1, page: null, cursor: written };
    expect(cursorOf(query, { organizationId, epoch: 'life-1' })).toEqual(cursor);
    expect(() => searchDocuments([], query, { organizationId, epoch: 'life-1', position: 41 })).toThrow(
      expect.objectContaining({ code: 'POSITION_TIMEOUT' }),
    );
    expect(() => searchDocuments([], query, { organizationId, epoch: 'life-2', position: 99 })).toThrow(
      expect.objectContaining({ code: 'POSITION_UNKNOWN' }),
    );
  });

  it('of a later page still tells what the first one contained', () => {
    const documents = documentsOf([1, 2, 3].map((number) => samplePayment({ number })));
    const query: SearchPayments = {
      type: 'SearchPayments',
      filter: everyPayment,
      sort: { by: 'created', descending: true },
      limit: 1,
      cursor: null,
      page: null,
    };
    const source = { organizationId: acme, epoch: 'life-1' };
    const first = searchDocuments(documents, query, { ...source, position: 10 });
    const second = searchDocuments(documents, { ...query, cursor: first.next }, { ...source, position: 20 });
    expect(cursorOf({ ...query, cursor: second.next }, source)?.position).toBe(10);
  });
});
