// Payments as they are after the latest events: what was decided is handed on with its event, else folded once for all.

import { PortFailure, type PaymentDocument, type PaymentKey, type RecordedEvent } from '@paystrata/application';
import { evolve } from '@paystrata/domain';
import { deepFreeze } from '../../store/deep-freeze.ts';

/** Projections that are further behind than this many events fold by themselves. */
const SHARED = 2 ** 13;

export class FoldedDocuments {
  readonly #recent: (PaymentDocument | undefined)[] = [];
  #erasures = 0;

  /** Another number, and events that were read before may hold what is erased by now. */
  get erasures(): number {
    return this.#erasures;
  }

  /** Hands on a payment as it was committed: frozen, and the fold of its events. */
  offer(document: PaymentDocument): void {
    this.#recent[document.position % SHARED] = document;
  }

  /**
   * The payment after the event.
   *
   * @param before the payment as it was before the event; null where the event is its first.
   * @throws PortFailure `STORE_DAMAGED` where the event does not follow upon it.
   */
  after(before: PaymentDocument | null, event: RecordedEvent): PaymentDocument {
    requireNext(before, event);
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

function requireNext(before: PaymentDocument | null, event: RecordedEvent): void {
  const due = (before?.payment.version ?? 0) + 1;
  if (event.version !== due) throw damaged(event, `version ${event.version} comes where ${due} is due`);
}

function follow(before: PaymentDocument | null, event: RecordedEvent) {
  try {
    return evolve(before?.payment ?? null, event);
  } catch (cause) {
    throw damaged(event, 'the event does not fit the payment', cause);
  }
}

function damaged({ position, paymentId, organizationId }: RecordedEvent, problem: string, cause?: unknown) {
  return new PortFailure('STORE_DAMAGED', `the log at position ${position}, payment ${paymentId}: ${problem}`, {
    ...{ cause, details: { position, paymentId, organizationId } },
  });
}
