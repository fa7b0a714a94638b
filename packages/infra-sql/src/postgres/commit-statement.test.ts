// The statement of a batch: no value can end the literal that it is in, or pass for two.
import { parseSubjectId } from '@paystrata/domain';
import { expect, it } from 'vitest';
import { acme, known, newPaymentId } from '../testing/entries.ts';
import type { JournalEntry } from '../journal/journal.ts';
import { commitStatement } from './commit-statement.ts';

const stream = { organizationId: acme, category: 'payment', id: newPaymentId() };
const subject = known(parseSubjectId('customer-1'));

function entry(changes: Partial<JournalEntry> = {}): JournalEntry {
  const events = [
    { id: null, text: '{"a":1}' },
    { id: 'command', text: '{"b":2}' },
  ];
  const document = { subject, state: '{}', sealed: null, keepSealed: true };
  return { stream, expected: 0, events, document, erased: null, ...changes };
}

it('puts the columns one after the other into a literal under a tag of its own', () => {
  const sealed = { subject, state: '{}', sealed: 's', keepSealed: false };
  const [one, two] = [entry({ document: null }), entry({ document: sealed, expected: 'any', erased: subject })];
  const statement = commitStatement([one, two]);
  const [, tag = '', text = ''] = /^select .*\((\$b[0-9a-f]{24}\$)(.*)\1\)$/s.exec(statement) ?? [];
  expect(text.split('\x1d').map((column) => column.split('\x1e'))).toEqual([
    ['acme', 'acme'],
    ['payment', 'payment'],
    [stream.id, stream.id],
    ['0', '-1'],
    ['2', '2'],
    ['\x18', subject],
    ['\x18', '{}'],
    ['\x18', 's'],
    ['true', 'false'],
    ['\x18', subject],
    ['\x18', 'command', '\x18', 'command'],
    ['{"a":1}', '{"b":2}', '{"a":1}', '{"b":2}'],
    ['1', '1', '2', '2'],
  ]);
  expect(commitStatement([one])).not.toContain(tag);
});

it.each(['\x1d', '\x1e'])('refuses a value with a separator in it', (separator) => {
  expect(() => commitStatement([entry({ events: [{ id: null, text: `{${separator}}` }] })])).toThrow(
    'control character',
  );
});

it('lets quotes, dollars and backslashes be', () => {
  const text = JSON.stringify({ text: `'; drop table x; -- $$ $b$ \\ \u0000 "` });
  expect(commitStatement([entry({ events: [{ id: null, text }] })])).toContain(text);
});
