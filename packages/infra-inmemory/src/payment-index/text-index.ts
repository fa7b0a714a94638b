// What payments are found by that is text: tokens, customers, references, users, workflows, resources, metadata.

import {
  byCountThenText,
  foldText,
  suggestionFields,
  type Suggestion,
  type SuggestionField,
  type SuggestPayments,
} from '@paystrata/application';
import type { Payment } from '@paystrata/domain';
import type { IndexLimits } from './limits.ts';
import { OrderedTerms } from './ordered-terms.ts';
import { PrefixTerms } from './prefix-terms.ts';
import { NO_LABEL, RowLabels } from './row-labels.ts';
import { Terms } from './terms.ts';
import { differences, fold, textsOf, type PaymentTexts } from './texts.ts';

const noTexts: PaymentTexts = { tokens: [], words: [], customers: [], suggestedCustomers: [] };

export class TextIndex {
  readonly tokens: OrderedTerms;
  readonly prefixes: PrefixTerms;
  readonly customers: OrderedTerms;
  readonly references: OrderedTerms;
  readonly users: Terms;
  readonly workflows: Terms;
  readonly resources: Terms;
  readonly #labels = new RowLabels();
  /** By key, then by value. */
  readonly #metadata = new Map<string, Terms>();
  readonly #mapLimit: number;

  constructor({ runLength, prefixLength, mapLimit }: IndexLimits) {
    this.#mapLimit = mapLimit;
    // Tokens are folded: what they begin with is found by themselves.
    this.tokens = new OrderedTerms({ fold: (token) => token, runLength, mapLimit });
    this.customers = new OrderedTerms({ fold, runLength, mapLimit });
    this.references = new OrderedTerms({ fold, runLength, mapLimit });
    this.prefixes = new PrefixTerms(prefixLength);
    this.users = new Terms(mapLimit);
    this.workflows = new Terms(mapLimit);
    this.resources = new Terms(mapLimit);
  }

  metadata(key: string): Terms | undefined {
    return this.#metadata.get(key);
  }

  metadataKeys(): readonly string[] {
    return [...this.#metadata.keys()];
  }

  /** Replaces what a payment was found by; null: it was, or will be, found by nothing. */
  replace(row: number, before: Payment | null, after: Payment | null, rows: number): void {
    if (before !== null && after !== null && saysTheSame(before, after)) return;
    if (before === null && after !== null) this.#learnTexts(row, after, rows);
    else this.#replaceTexts(row, before, after, rows);
    this.#labels.set(row, this.#labelOf(after));
    if (before !== null && after !== null && before.reference === after.reference && keepsPlaces(before, after)) return;
    if (before !== null) this.#forget(row, before);
    if (after !== null) this.#learn(row, after, rows);
  }

  /** What the customer of the payment goes by: a term of `customers`; −1 where there is none. */
  label(row: number): number {
    return this.#labels.get(row);
  }

  isLabelled(row: number, payment: Payment): boolean {
    return this.label(row) === this.#labelOf(payment);
  }

  /** Gives back what was reserved for rows that do not exist. */
  shrinkLabels(rows: number): void {
    this.#labels.shrink(rows);
  }

  /** Bytes in typed arrays. */
  get labelBytes(): number {
    return this.#labels.bytes;
  }

  /** @returns the same as `suggestFrom` over all documents. */
  suggestions(query: SuggestPayments): readonly Suggestion[] {
    const prefix = foldText(query.prefix.trimStart());
    if (prefix === '') return [];
    const fields = query.field === null ? suggestionFields : [query.field];
    const found = fields.flatMap((field) => {
      const terms = this.#suggestedBy(field);
      const best = terms.mostSuggested(prefix, query.limit);
      return best.map((term): Suggestion => ({ text: terms.text(term), field, count: terms.suggesting(term) }));
    });
    return found.sort(byCountThenText).slice(0, query.limit);
  }

  /** All that is asked for exactly. */
  exact(): readonly Terms[] {
    return [this.users, this.workflows, this.resources, ...this.#metadata.values()];
  }

  /** All that is asked for by beginnings. */
  ordered(): readonly OrderedTerms[] {
    return [this.tokens, this.customers, this.references];
  }

  #labelOf(payment: Payment | null): number {
    const customer = payment?.personal.customer ?? null;
    const name = customer?.name ?? customer?.email ?? null;
    return name === null ? NO_LABEL : this.customers.term(name);
  }

  #suggestedBy(field: SuggestionField): OrderedTerms {
    switch (field) {
      case 'customer':
        return this.customers;
      case 'reference':
        return this.references;
      case 'description':
        return this.tokens;
    }
  }

  /** As `#replaceTexts` of a payment that was not there: the words of the description are the first tokens. */
  #learnTexts(row: number, payment: Payment, rows: number): void {
    const { tokens, words, customers, suggestedCustomers } = textsOf(payment);
    for (let at = 0; at < tokens.length; at += 1) {
      const term = this.tokens.add(tokens[at] ?? '', row, rows);
      if (at < words.length) this.tokens.suggestTerm(term, 1);
    }
    for (let at = 0; at < customers.length; at += 1) {
      const term = this.customers.add(customers[at] ?? '', row, rows);
      if (at < suggestedCustomers.length) this.customers.suggestTerm(term, 1);
    }
    for (const prefix of this.prefixes.of(tokens)) this.prefixes.add(prefix, row, rows);
  }

  #replaceTexts(row: number, before: Payment | null, after: Payment | null, rows: number): void {
    const old = before === null ? noTexts : textsOf(before);
    const now = after === null ? noTexts : textsOf(after);
    const tokens = differences(old.tokens, now.tokens);
    const words = differences(old.words, now.words);
    const customers = differences(old.customers, now.customers);
    const suggested = differences(old.suggestedCustomers, now.suggestedCustomers);
    const [oldPrefixes, newPrefixes] = [this.prefixes.of(old.tokens), this.prefixes.of(now.tokens)];
    for (const token of tokens.come) this.tokens.add(token, row, rows);
    for (const word of words.come) this.tokens.suggest(word, 1);
    for (const customer of customers.come) this.customers.add(customer, row, rows);
    for (const customer of suggested.come) this.customers.suggest(customer, 1);
    for (const prefix of newPrefixes) if (!oldPrefixes.includes(prefix)) this.prefixes.add(prefix, row, rows);
    for (const prefix of oldPrefixes) if (!newPrefixes.includes(prefix)) this.prefixes.remove(prefix, row);
    for (const customer of suggested.gone) this.customers.suggest(customer, -1);
    for (const customer of customers.gone) this.customers.remove(customer, row);
    for (const word of words.gone) this.tokens.suggest(word, -1);
    for (const token of tokens.gone) this.tokens.remove(token, row);
  }

  #learn(row: number, { reference, status, userId, workflowId, resourceIds, personal }: Payment, rows: number): void {
    if (reference !== null) {
      const term = this.references.add(reference, row, rows);
      if (status !== 'deleted') this.references.suggestTerm(term, 1);
    }
    if (userId !== null) this.users.add(userId, row, rows);
    if (workflowId !== null) this.workflows.add(workflowId, row, rows);
    for (const resourceId of resourceIds) this.resources.add(resourceId, row, rows);
    for (const key in personal.metadata) this.#metadataOf(key).add(personal.metadata[key] ?? '', row, rows);
  }

  #forget(row: number, { reference, status, userId, workflowId, resourceIds, personal }: Payment): void {
    if (reference !== null && status !== 'deleted') this.references.suggest(reference, -1);
    if (reference !== null) this.references.remove(reference, row);
    if (userId !== null) this.users.remove(userId, row);
    if (workflowId !== null) this.workflows.remove(workflowId, row);
    for (const resourceId of resourceIds) this.resources.remove(resourceId, row);
    for (const key in personal.metadata) {
      const values = this.#metadataOf(key);
      values.remove(personal.metadata[key] ?? '', row);
      if (values.size === 0) this.#metadata.delete(key);
    }
  }

  #metadataOf(key: string): Terms {
    const known = this.#metadata.get(key);
    if (known !== undefined) return known;
    const terms = new Terms(this.#mapLimit);
    this.#metadata.set(key, terms);
    return terms;
  }
}

/** Events that move a payment through its life leave these parts as they are, the very same objects. */
function saysTheSame(before: Payment, after: Payment): boolean {
  return (
    before.personal === after.personal &&
    before.reference === after.reference &&
    before.subject === after.subject &&
    (before.status === 'deleted') === (after.status === 'deleted') &&
    keepsPlaces(before, after)
  );
}

function keepsPlaces(before: Payment, after: Payment): boolean {
  return (
    before.userId === after.userId &&
    before.workflowId === after.workflowId &&
    before.resourceIds === after.resourceIds &&
    before.personal.metadata === after.personal.metadata &&
    (before.status === 'deleted') === (after.status === 'deleted')
  );
}
