import { describe, expect, it } from 'vitest';
import { instantOf, money, parseSubjectId, type Payment } from '@paystrata/domain';
import { known } from '../testing/known.ts';
import { matches } from './filter.ts';
import { everyPayment, type PaymentFilter } from './queries.ts';
import { currencyOf, idOf, samplePayment } from './testing/sample-payment.ts';

const finds = (filter: Partial<PaymentFilter>, payment: Partial<Payment>) =>
  matches({ ...everyPayment, ...filter }, samplePayment(payment));
const at = instantOf;
const [eur, jpy] = [currencyOf('EUR'), currencyOf('JPY')];
const personal = {
  customer: { name: 'Ada', email: 'ada@example.org' },
  description: 'Hosting',
  metadata: { team: 'blue' },
};

describe('the filter of payments', () => {
  it('finds everything but deleted payments, unless they are asked for', () => {
    expect(finds({}, {})).toBe(true);
    expect(finds({}, { status: 'deleted' })).toBe(false);
    expect(finds({ statuses: ['failed', 'deleted'] }, { status: 'deleted' })).toBe(true);
    expect(finds({ statuses: ['failed'] }, { status: 'deleted' })).toBe(false);
    expect(finds({ statuses: ['failed'] }, {})).toBe(false);
  });

  it('includes both ends of an amount range', () => {
    const between = { currencies: [eur], minAmount: 5n, maxAmount: 7n };
    const found = [4n, 5n, 6n, 7n, 8n].filter((amount) => finds(between, { amount: money(amount, eur) }));
    expect(found).toEqual([5n, 6n, 7n]);
    expect(finds(between, { amount: money(6n, jpy) })).toBe(false);
    expect(finds({ currencies: [eur, jpy] }, { amount: money(6n, jpy) })).toBe(true);
  });

  it.each([
    ['created', 'createdAt'],
    ['updated', 'updatedAt'],
    ['processed', 'processedAt'],
  ] as const)('includes `from` of %s and excludes `to`', (range, field) => {
    const found = [4, 5, 6, 7].filter((time) => finds({ [range]: { from: at(5), to: at(7) } }, { [field]: at(time) }));
    expect(found).toEqual([5, 6]);
    expect(finds({ [range]: { from: null, to: at(7) } }, { [field]: at(-1) })).toBe(true);
    expect(finds({ [range]: { from: at(5), to: null } }, { [field]: at(5) })).toBe(true);
  });

  it('finds what was never processed in no range of processing', () => {
    expect(finds({ processed: { from: null, to: at(7) } }, { processedAt: null })).toBe(false);
    expect(finds({}, { processedAt: null })).toBe(true);
  });

  it('compares references and ids exactly', () => {
    const payment = { reference: 'INV-1', userId: 'u1', workflowId: 'w1', resourceIds: ['vm-1', 'vm-2'] };
    expect(finds({ reference: 'INV-1', userId: 'u1', workflowId: 'w1', resourceId: 'vm-2' }, payment)).toBe(true);
    for (const filter of [{ reference: 'inv-1' }, { userId: 'u' }, { workflowId: 'w2' }, { resourceId: 'vm' }]) {
      expect(finds(filter, payment)).toBe(false);
    }
  });

  it('knows a customer by id, name or email address', () => {
    const payment = { personal, subject: known(parseSubjectId('customer-1')) };
    for (const customer of ['customer-1', 'Ada', 'ada@example.org']) expect(finds({ customer }, payment)).toBe(true);
    for (const customer of ['customer-2', 'ada', 'Ada ']) expect(finds({ customer }, payment)).toBe(false);
    expect(finds({ customer: idOf(1) }, {})).toBe(false);
  });

  it('wants every pair of metadata, and only keys that were given', () => {
    expect(finds({ metadata: { team: 'blue' } }, { personal })).toBe(true);
    expect(finds({ metadata: { team: 'red' } }, { personal })).toBe(false);
    expect(finds({ metadata: { team: 'blue', size: 'xl' } }, { personal })).toBe(false);
    expect(finds({ metadata: { toString: 'x' } }, { personal })).toBe(false);
  });

  it('searches the text with everything else', () => {
    expect(finds({ text: 'host ' }, { personal })).toBe(true);
    expect(finds({ text: 'host', userId: 'u1' }, { personal })).toBe(false);
    expect(finds({ text: '!!' }, { personal })).toBe(false);
  });
});
