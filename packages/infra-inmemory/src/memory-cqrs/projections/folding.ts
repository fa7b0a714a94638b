// One view on its way through the log: what it holds, and up to where.

import type { PaymentDocument, PaymentKey, RecordedEvent } from '@paystrata/application';
import { noPersonalData, type OrganizationId } from '@paystrata/domain';
import { deepFreeze } from '../../store/deep-freeze.ts';
import type { FoldedDocuments } from './folded-documents.ts';
import type { View } from './view.ts';

export class Folding<V extends View> {
  readonly view: V;
  /** Everything up to here was taken in. */
  position = 0;
  /** The last event of each organization that was taken in. */
  readonly #organizations = new Map<OrganizationId, number>();

  constructor(view: V) {
    this.view = view;
  }

  /** 0 where it has nothing of the organization. */
  positionOf(organizationId: OrganizationId): number {
    return this.#organizations.get(organizationId) ?? 0;
  }

  /** @throws PortFailure `STORE_DAMAGED` where the event does not follow upon what is there; nothing was changed. */
  take(event: RecordedEvent, documents: FoldedDocuments): void {
    this.view.apply(documents.after(this.view.get(event), event));
    this.position = event.position;
    this.#organizations.set(event.organizationId, event.position);
  }

  /**
   * As `take` for one event after the other, within one step: of the payments only what they come to is written to the
   * view.
   *
   * @throws PortFailure `STORE_DAMAGED`; the view is of no use then.
   */
  takeAll(events: readonly RecordedEvent[], documents: FoldedDocuments): void {
    const changed = new Map<string, PaymentDocument>();
    for (const event of events) {
      const { organizationId, paymentId, position } = event;
      const name = `${organizationId}/${paymentId}`;
      changed.set(name, documents.after(changed.get(name) ?? this.view.get(event), event));
      this.position = position;
      this.#organizations.set(organizationId, position);
    }
    for (const document of changed.values()) this.view.apply(document);
  }

  /** Takes the personal data out at once, wherever in the log the view is. @returns whether there was some. */
  purge(key: PaymentKey): boolean {
    const document = this.view.get(key);
    if (document === null || document.payment.personalErased) return false;
    const payment = { ...document.payment, personal: noPersonalData, personalErased: true };
    this.view.remove(key);
    this.view.apply(deepFreeze({ payment, position: document.position }));
    return true;
  }

  drop(organizationId: OrganizationId): void {
    for (const { payment } of [...this.view.documents(organizationId)]) {
      this.view.remove({ organizationId, paymentId: payment.id });
    }
    this.#organizations.delete(organizationId);
  }
}
