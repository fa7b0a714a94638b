// The shape of JSON, judged without parsing it.

import { describe, expect, it } from 'vitest';
import { excessOf } from './json-shape.ts';

describe('excessOf', () => {
  it.each([
    '{}',
    '[]',
    '{"amount":1,"metadata":{"a":"[[[[[[[[[[[[[[[[[[[[[[","b":"\\"{{{{{{{{{{{{{{{{{{{{{"}}',
    `{"text":"${','.repeat(5000)}"}`,
    `{"escaped":"\\\\","list":[${'1,'.repeat(1500)}1]}`,
    '['.repeat(16) + ']'.repeat(16),
    '"never ends',
    'no JSON at all',
  ])('lets %s pass', (text) => expect(excessOf(text)).toBeNull());

  it.each([
    ['['.repeat(17), 'is nested deeper than 16 levels'],
    ['{"a":'.repeat(100_000), 'is nested deeper than 16 levels'],
    [`[${'1,'.repeat(2000)}1]`, 'has more than 2000 values'],
    [`{${'"a":1,'.repeat(1_000_000)}"a":1}`, 'has more than 2000 values'],
    [`{"closed":"\\\\",${'"b":1,'.repeat(2500)}"b":1}`, 'has more than 2000 values'],
  ])('refuses what is too deep or too much', (text, why) => expect(excessOf(text)).toBe(why));
});
