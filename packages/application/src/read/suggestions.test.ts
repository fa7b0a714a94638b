import { describe, expect, it } from 'vitest';
import type { Payment } from '@paystrata/domain';
import type { SuggestionField } from './queries.ts';
import { suggestFrom } from './suggestions.ts';
import { documentsOf, samplePayment } from './testing/sample-payment.ts';

const customer = (name: string | null, email: string | null = null): Partial<Payment> => ({
  personal: { customer: { name, email }, description: null, metadata: {} },
});
const description = (text: string): Partial<Payment> => ({
  personal: { customer: null, description: text, metadata: {} },
});

function suggest(
  payments: readonly Partial<Payment>[],
  prefix: string,
  field: SuggestionField | null = null,
  limit = 10,
) {
  const documents = documentsOf(payments.map((payment, number) => samplePayment({ ...payment, number })));
  return suggestFrom(documents, { type: 'SuggestPayments', prefix, field, limit }).map(
    ({ text, field: of, count }) => `${of} ${text} ${count}`,
  );
}

describe('suggestions', () => {
  it('complete customers, references and words of descriptions, case and diacritics aside', () => {
    const payments = [
      customer('Müller GmbH', 'office@muller.example'),
      { reference: 'MUL-7' },
      description('Multi-region hosting'),
      customer('Ada'),
    ];
    expect(suggest(payments, 'mul')).toEqual(['reference MUL-7 1', 'customer Müller GmbH 1', 'description multi 1']);
    expect(suggest(payments, 'MÜL', 'customer')).toEqual(['customer Müller GmbH 1']);
    expect(suggest(payments, 'office')).toEqual(['customer office@muller.example 1']);
    expect(suggest(payments, 'müller g')).toEqual(['customer Müller GmbH 1']);
    expect(suggest(payments, 'host', 'description')).toEqual(['description hosting 1']);
    expect(suggest(payments, 'gmbh')).toEqual([]);
  });

  it('come most frequent first, then by code point, as many as are wanted', () => {
    const payments = ['Ab', 'Aa', 'Ac', 'Ac', 'aa'].map((name) => customer(name));
    expect(suggest(payments, 'a')).toEqual(['customer Ac 2', 'customer Aa 1', 'customer Ab 1', 'customer aa 1']);
    expect(suggest(payments, 'a', null, 2)).toEqual(['customer Ac 2', 'customer Aa 1']);
  });

  it('count payments, not words, and no deleted ones', () => {
    const payments = [
      description('cpu cpu CPU'),
      description('cpu'),
      { ...description('cpu'), status: 'deleted' as const },
    ];
    expect(suggest(payments, 'c')).toEqual(['description cpu 2']);
  });

  it('need something to complete', () => {
    expect(suggest([customer('Ada')], ' ')).toEqual([]);
    expect(suggest([customer('Ada')], '\u0301')).toEqual([]);
  });
});
