// The four projections of memory-cqrs, each for its questions, each with a view and a checkpoint of its own.

import type { PaymentDocument, PaymentKey, PortFailure } from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import { createPaymentIndex, type PaymentIndex } from '../../payment-index/payment-index.ts';
import { FoldedDocuments } from './folded-documents.ts';
import type { ProjectionControl } from './projection-control.ts';
import { Projection, type ProjectionParts } from './projection.ts';
import { createStatisticsView, type StatisticsView } from './statistics-view.ts';
import { createSuggestionsView, type SuggestionsView } from './suggestions-view.ts';

export const projectionNames = ['payments', 'statistics', 'analytics', 'suggestions'] as const;
export type ProjectionName = (typeof projectionNames)[number];

/** What an operator sees of them. */
export type ProjectionControls = Readonly<Record<ProjectionName, ProjectionControl>>;

export class Projections implements ProjectionControls {
  /** Single payments, searches, and what waits for the gateway. */
  readonly payments: Projection<PaymentIndex>;
  readonly statistics: Projection<StatisticsView>;
  /** An index of its own, so that heavy questions have their own pace, checkpoint and rebuild. */
  readonly analytics: Projection<PaymentIndex>;
  readonly suggestions: Projection<SuggestionsView>;
  readonly #documents = new FoldedDocuments();

  constructor(parts: Omit<ProjectionParts, 'documents'>) {
    const shared = { ...parts, documents: this.#documents };
    this.payments = new Projection('payments', () => createPaymentIndex(), shared);
    this.statistics = new Projection('statistics', createStatisticsView, shared);
    this.analytics = new Projection('analytics', () => createPaymentIndex(), shared);
    this.suggestions = new Projection('suggestions', createSuggestionsView, shared);
  }

  get all(): readonly [
    Projection<PaymentIndex>,
    Projection<StatisticsView>,
    Projection<PaymentIndex>,
    Projection<SuggestionsView>,
  ] {
    return [this.payments, this.statistics, this.analytics, this.suggestions];
  }

  /** A payment as it was committed, frozen; projections take it when they come to its event. */
  offer(document: PaymentDocument): void {
    this.#documents.offer(document);
  }

  /** Takes personal data out of all views. @returns whether there was some. */
  purge(key: PaymentKey): boolean {
    const purged = this.all.filter((projection) => projection.purge(key));
    if (purged.length > 0) this.#documents.forget(key);
    return purged.length > 0;
  }

  drop(organizationId: OrganizationId): void {
    this.#documents.clear();
    for (const projection of this.all) projection.drop(organizationId);
  }

  clear(failure: PortFailure): void {
    this.#documents.clear();
    for (const projection of this.all) projection.clear(failure);
  }
}
