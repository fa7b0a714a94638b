// Payments in the memory of this process: the embedded search engine. As many as the limit allows, or none at all.

import type { Logger, PaymentKey } from '@paystrata/application';
import { createPaymentIndex, type PaymentIndex } from '@paystrata/infra-inmemory';
import { revisionOf } from '../ports/document-text.ts';
import type { PaymentSource, SourceAnswers, SourceDocument, Sourced } from '../ports/source.ts';
import { digestOf, entriesOf } from './memory-entries.ts';

export interface MemorySourceOptions {
  /** With more payments than this the index is given up, and others answer. */
  readonly maxPayments: number;
  readonly logger: Logger;
}

const TIMEOUT_MS = 10_000;

export interface MemorySource extends PaymentSource {
  /** Payments in the index; 0 once it was given up. */
  size(): number;
}

export function createMemorySource(options: MemorySourceOptions): MemorySource {
  return new IndexSource(options);
}

class IndexSource implements MemorySource {
  readonly name = 'memory';
  readonly isShared = false;
  readonly isComplete = true;
  readonly archive = null;
  readonly timeoutMs = TIMEOUT_MS;
  readonly queries: PaymentSource['queries'];
  readonly #options: MemorySourceOptions;
  #index: PaymentIndex = createPaymentIndex();
  #held: number | null = null;
  #isFull = false;
  #size = 0;

  constructor(options: MemorySourceOptions) {
    this.#options = options;
    this.queries = {
      get: async ({ paymentId }, { organizationId }) =>
        this.#answer((index) => index.get({ organizationId, paymentId })),
      search: async (query, { organizationId, epoch }) =>
        this.#answer((index, position) => index.search(query, { organizationId, epoch, position })),
      suggestions: async (query, { organizationId }) =>
        this.#answer((index) => index.suggestions(organizationId, query)),
      statistics: async (query, { organizationId }) => this.#answer((index) => index.statistics(organizationId, query)),
      analytics: async (query, { organizationId }) => this.#answer((index) => index.analytics(organizationId, query)),
    };
  }

  size(): number {
    return this.#size;
  }

  async open(): Promise<void> {
    this.#reset(null);
  }

  async close(): Promise<void> {
    this.#reset(null);
  }

  async held(): Promise<number | null> {
    return this.#held;
  }

  async apply({ from, to, documents }: Parameters<PaymentSource['apply']>[0]): Promise<number | null> {
    if (this.#held === null || this.#held < from) return this.#held;
    await this.put(documents);
    this.#held = Math.max(this.#held, to);
    return this.#held;
  }

  async put(documents: readonly SourceDocument[]): Promise<void> {
    for (const document of documents) this.#put(document);
  }

  async remove(keys: readonly PaymentKey[]): Promise<void> {
    for (const key of keys) if (this.#index.remove(key)) this.#size -= 1;
  }

  async clear(): Promise<void> {
    this.#reset(0);
  }

  async organizations() {
    return this.#index.organizations();
  }

  async digest(range: Parameters<PaymentSource['digest']>[0]) {
    return digestOf(entriesOf(this.#index, range));
  }

  async entries(range: Parameters<PaymentSource['entries']>[0], limit: number) {
    return entriesOf(this.#index, range).slice(0, limit);
  }

  #answer<Answer extends SourceAnswers[keyof SourceAnswers]>(
    ask: (index: PaymentIndex, position: number) => Answer,
  ): Sourced<Answer> | null {
    if (this.#held === null || this.#isFull) return null;
    return { answer: ask(this.#index, this.#held), position: this.#held };
  }

  #put({ document, revision, organizationId, paymentId }: SourceDocument): void {
    if (this.#isFull) return;
    const before = this.#index.get({ organizationId, paymentId });
    if (before === null && this.#size >= this.#options.maxPayments) {
      this.#giveUp();
      return;
    }
    if (before !== null && revisionOf(before) > revision) return;
    // An erasure changes a payment without a new version: the index would leave it as it is.
    if (before !== null && before.payment.version >= document.payment.version) {
      this.#index.remove({ organizationId, paymentId });
    }
    this.#index.apply(document);
    if (before === null) this.#size += 1;
  }

  #giveUp(): void {
    const { maxPayments, logger } = this.#options;
    this.#isFull = true;
    this.#index = createPaymentIndex();
    this.#size = 0;
    logger.warn({ source: this.name, maxPayments }, 'more payments than the index in memory may hold: SQL answers');
  }

  #reset(held: number | null): void {
    this.#index = createPaymentIndex();
    this.#size = 0;
    this.#held = held;
    this.#isFull = false;
  }
}
