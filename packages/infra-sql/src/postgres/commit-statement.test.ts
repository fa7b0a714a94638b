// The statement of a batch: no value can end the literal that it is in, or pass for two.
import { expect, it } from 'vitest';
import { creation } from '../testing/entries.ts';
import type { JournalEntry } from '../journal/journal.ts';
import { commitStatement } from './commit-statement.ts';

function entry(changes: Partial<JournalEntry> = {}): JournalEntry {
  const { organizationId, paymentId, commandId, payment } = creation();
  const { subject } = payment;
  const written = { events: ['{"a":1}', '{"b":2}'], state: '{}', sealed: null, keepSealed: true, erased: null };
  return { organizationId, paymentId, commandId, subject, expectedVersion: 0, ...written, ...changes };
}

it('puts the columns one after the other into a literal under a tag of its own', () => {
  const [one, two] = [entry(), entry({ sealed: 's', keepSealed: false })];
  const statement = commitStatement([one, two]);
  const [, tag = '', text = ''] = /^select .*\((\$b[0-9a-f]{24}\$)(.*)\1\)$/s.exec(statement) ?? [];
  expect(text.split('\x1d').map((column) => column.split('\x1e'))).toEqual([
    ['acme', 'acme'],
    [one.paymentId, two.paymentId],
    [one.subject, two.subject],
    [one.commandId, two.commandId],
    ['0', '0'],
    ['2', '2'],
    ['{}', '{}'],
    ['\x18', 's'],
    ['true', 'false'],
    ['\x18', '\x18'],
    ['{"a":1}', '{"b":2}', '{"a":1}', '{"b":2}'],
  ]);
  expect(commitStatement([one])).not.toContain(tag);
});

it.each(['\x1d', '\x1e'])('refuses a value with a separator in it', (separator) => {
  expect(() => commitStatement([entry({ state: `{${separator}}` })])).toThrow('control character');
});

it('lets quotes, dollars and backslashes be', () => {
  const state = JSON.stringify({ text: `'; drop table x; -- $$ $b$ \\ \u0000 "` });
  expect(commitStatement([entry({ state })])).toContain(state);
});
