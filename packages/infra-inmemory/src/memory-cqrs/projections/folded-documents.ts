// Payments as they are after the latest events, so that several projections fold each event once and share the result.

import { PortFailure, type PaymentDocument, type PaymentKey, type RecordedEvent } from '@paystrata/application';
import { evolve } from '@paystrata/domain';
import { deepFreeze } from '../../store/deep-freeze.ts';

/** Projections that are further apart than this many events fold by themselves. */
const SHARED = 2 ** 13;

export class FoldedDocuments {
  readonly #recent: (PaymentDocument | undefined)[] = [];
  #erasures = 0;

  /** Another number, and events that were read before may hold what is erased by now. */
  get erasures(): number {
    return this.#erasures;
  }

  /**
   * The payment after the event.
   *
   * @param before the payment as it was before the event; null where the event is its first.
   * @throws PortFailure `STORE_DAMAGED` where the event does not follow upon it.
   */
  after(before: PaymentDocument | null, event: RecordedEvent): PaymentDocument {
    const place = event.position % SHARED;
    const recent = this.#recent[place];
    if (recent?.position === event.position && recent.payment.version === event.version) return recent;
    const document = deepFreeze({ payment: follow(before, event), position: event.position });
    this.#recent[place] = document;
    return document;
  }

  /** Forgets the payment's past, which holds what was erased. */
  forget({ paymentId, organizationId }: PaymentKey): void {
    this.#erasures += 1;
    for (const [place, document] of this.#recent.entries()) {
      if (document?.payment.id === paymentId && document.payment.organizationId === organizationId) {
        this.#recent[place] = undefined;
      }
    }
  }

  clear(): void {
    this.#recent.length = 0;
  }
}

function follow(before: PaymentDocument | null, event: RecordedEvent) {
  const { position, paymentId, organizationId, version } = event;
  const due = (before?.payment.version ?? 0) + 1;
  const details = { position, paymentId, organizationId };
  const place = `the log at position ${position}, payment ${paymentId}`;
  if (version !== due) {
    throw new PortFailure('STORE_DAMAGED', `${place}: version ${version} comes where ${due} is due`, { details });
  }
  try {
    return evolve(before?.payment ?? null, event);
  } catch (cause) {
    throw new PortFailure('STORE_DAMAGED', `${place}: the event does not fit the payment`, { cause, details });
  }
}
