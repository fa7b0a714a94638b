import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samplePayment } from './testing/sample-payment.ts';
import {
  foldText,
  matchesTokens,
  MAX_TOKEN_LENGTH,
  paymentTokens,
  textQueryOf,
  tokenize,
  tokensOf,
} from './text-tokens.ts';

const finds = (query: string, text: string) => matchesTokens(textQueryOf(query), tokensOf([text]));
const anyText = fc.string({ unit: 'binary', maxLength: 200 });

describe('tokens', () => {
  it.each([
    ['Ångström ANGSTROM', ['angstrom', 'angstrom']],
    ['2006-00001', ['2006', '00001']],
    ['ada@example.org', ['ada', 'example', 'org']],
    ['Straße STRASSE ẞ', ['strasse', 'strasse', 'ss']],
    ['ΟΔΟΣ οδός', ['οδοσ', 'οδοσ']],
    ['İstanbul ISTANBUL ışık', ['istanbul', 'istanbul', 'isik']],
    ['Łódź Ørsted Ærø Þór', ['lodz', 'orsted', 'aero', 'thor']],
    ['ﬁnance ＡＢＣ１２ x²', ['finance', 'abc12', 'x2']],
    ['naïve_user/42', ['naive', 'user', '42']],
    ['日本語 テスト がか', ['日', '本', '語', 'テスト', 'がか'.normalize('NFKD')]],
    ['हिन्दी', ['हिन्दी'.normalize('NFKD')]],
    ['שָׁלוֹם', ['שלום']],
    ['مُحَمَّد', ['محمد']],
    ['\u{1f600} – … --', []],
    ['', []],
  ])('of %s', (text, tokens) => {
    expect(tokenize(text)).toEqual(tokens);
  });

  it('stay what they are when they are folded and taken apart again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = tokenize(text);
        expect(tokenize(tokens.join(' '))).toEqual(tokens);
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
      { numRuns: 300 },
    );
  });

  it('fold every code point once and for all', () => {
    const unstable: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const folded = foldText(String.fromCodePoint(code));
      if (foldText(folded) !== folded) unstable.push(code.toString(16));
    }
    expect(unstable).toEqual([]);
  });

  it('are well-formed, never empty and cut to their greatest length', () => {
    const long = '\u{20000}'.repeat(3) + 'ж'.repeat(500);
    const tokens = tokenize(long);
    expect(tokens.map((token) => [...token].length)).toEqual([1, 1, 1, MAX_TOKEN_LENGTH]);
    expect(finds('ж'.repeat(300), long)).toBe(true);
    fc.assert(
      fc.property(anyText, (text) => {
        for (const token of tokenize(text)) expect(token.isWellFormed() && token.length > 0).toBe(true);
      }),
    );
  });

  it('take time in proportion to the text', () => {
    const hostile = ['a'.repeat(200_000), '\u0301'.repeat(200_000), 'a-'.repeat(100_000), '\ufdfa'.repeat(20_000)];
    const began = performance.now();
    for (const text of hostile) tokenize(text);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('of a payment come from description, customer, reference and values of metadata, not from its keys', () => {
    const personal = {
      description: 'Hosting in June',
      customer: { name: 'Zoë Smith', email: 'zoe@example.org' },
      metadata: { team: 'Blue', 'cost centre': 'R2' },
    };
    expect(paymentTokens(samplePayment({ reference: '2006-00001', personal }))).toEqual(
      ['00001', '2006', 'blue', 'example', 'hosting', 'in', 'june', 'org', 'r2', 'smith', 'zoe'].sort(),
    );
    expect(paymentTokens(samplePayment())).toEqual([]);
  });
});

describe('a text query', () => {
  it('wants all words, the last one as a prefix', () => {
    expect(finds('hosting ju', 'Hosting in June')).toBe(true);
    expect(finds('june hosting', 'Hosting in June')).toBe(true);
    expect(finds('host june', 'Hosting in June')).toBe(false);
    expect(finds('une', 'Hosting in June')).toBe(false);
    expect(finds('2006-000', 'order 2006-00001')).toBe(true);
    expect(finds('2006-00001', 'order 2006-00001')).toBe(true);
    expect(finds('ada@example', 'Ada <ADA@EXAMPLE.ORG>')).toBe(true);
    expect(finds('MULLER', 'Müller')).toBe(true);
  });

  it('without a word finds nothing', () => {
    expect(textQueryOf('--- \u{1f600}')).toBeNull();
    expect(finds('---', '--- a')).toBe(false);
  });

  it('finds a text by any of its prefixes', () => {
    fc.assert(
      fc.property(anyText, fc.nat(200), (text, end) => {
        const prefix = [...text].slice(0, end).join('');
        fc.pre(tokenize(prefix).length > 0);
        const folded = foldText(text);
        fc.pre(folded.startsWith(foldText(prefix)));
        expect(finds(prefix, text)).toBe(true);
      }),
    );
  });
});
