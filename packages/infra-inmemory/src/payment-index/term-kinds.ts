// The terms of a partition, kind by kind, as a payment says them: what its postings can be checked against.

import type { Payment } from '@paystrata/domain';
import type { Posting } from './posting.ts';
import type { TextIndex } from './text-index.ts';
import { textsOf } from './texts.ts';

/** Numbers stand for beginnings of words. */
export type Term = string | number;

export interface TermKind {
  /** What its terms are, in words. */
  readonly name: string;
  /** What the payment is to be found by. */
  readonly of: (payment: Payment) => readonly Term[];
  readonly posting: (term: Term) => Posting | undefined;
  /** All that there are. */
  readonly postings: () => Iterable<readonly [Term, Posting]>;
}

interface Postings {
  posting(text: string): Posting | undefined;
  postings(): Iterable<readonly [string, Posting]>;
}

export function termKinds(texts: TextIndex): readonly TermKind[] {
  const { prefixes } = texts;
  return [
    kind('words', texts.tokens, (payment) => textsOf(payment).tokens),
    kind('customers', texts.customers, (payment) => textsOf(payment).customers),
    kind('reference', texts.references, ({ reference }) => known(reference)),
    kind('user', texts.users, ({ userId }) => known(userId)),
    kind('workflow', texts.workflows, ({ workflowId }) => known(workflowId)),
    kind('resources', texts.resources, ({ resourceIds }) => resourceIds),
    ...texts
      .metadataKeys()
      .map((key) =>
        kind(`metadata ${key}`, texts.metadata(key) ?? none, ({ personal }) => known(personal.metadata[key] ?? null)),
      ),
    {
      name: 'beginnings of words',
      of: (payment) => prefixes.of(textsOf(payment).tokens),
      posting: (term) => (typeof term === 'number' ? prefixes.postingAt(term) : undefined),
      postings: () => prefixes.postings(),
    },
  ];
}

const none: Postings = { posting: () => undefined, postings: () => [] };

function kind(name: string, of: Postings, said: (payment: Payment) => readonly string[]): TermKind {
  return {
    name,
    of: said,
    posting: (term) => (typeof term === 'string' ? of.posting(term) : undefined),
    postings: () => of.postings(),
  };
}

function known(text: string | null): readonly string[] {
  return text === null ? [] : [text];
}
